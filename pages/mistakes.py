"""What the network gets wrong and what it finds hard or easy, how sure it was, and what another one says."""

import streamlit as st

from fcnn.metrics import confusion_matrix
from ui.mistakes.browse import browse
from ui.mistakes.digit_by_digit import draw_digit_by_digit
from ui.mistakes.score import answers_or_stop, tell_score
from ui.mistakes.views import Asked
from ui.network_line import choose_network
from ui.page import digits_or_stop, open_page
from ui.your_run import view_of_run

state = open_page("Mistakes")
test = digits_or_stop().test
shown = choose_network(state)
if view_of_run(state) is None and state.file is None:
    label = "Train your own network to see its mistakes here"
    st.page_link("pages/train.py", label=label, icon=":material/model_training:")
if shown.running and state.epoch is None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"It is still learning: this is {shown.moment}.", width="content")
        st.button("Show the newest epoch", icon=":material/refresh:")

answers = answers_or_stop(shown)
tell_score(answers, test)
browse(state, Asked(answers, shown.source, shown.moment))

st.header("Digit by digit")
draw_digit_by_digit(confusion_matrix(test.labels, answers.digits))
