"""The best that is known of a plain fully connected network with 800 hidden units, and how near this one comes."""

THEIR_TEST_ACCURACY = 99.3  # %: Simard, Steinkraus and Platt, 2003, with cross-entropy and elastic distortions

# Of the preset 'Record', measured by benchmarks/record.py: the mean of three seeds.
OUR_TEST_ACCURACY = 99.4  # %

SOURCE = "LeCun's table"
LINK = "http://yann.lecun.com/exdb/mnist/"
STORY = (
    "It learned from images bent anew each time, and reads "
    f"{OUR_TEST_ACCURACY}\N{NO-BREAK SPACE}% of the test digits (mean of three such runs). The best known of a plain "
    f"network with 800 hidden neurons is {THEIR_TEST_ACCURACY}\N{NO-BREAK SPACE}%, by Simard, Steinkraus and Platt in "
    "2003, who had the idea of bending."
)
