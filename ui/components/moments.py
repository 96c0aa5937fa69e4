"""Moments of a story that the browser tells by itself: one component goes through them, others on the page show them.

What each has to show is sent at once, and no run of the page is needed on the way; nor does the page know of the moment
that is told: whoever leaves in the middle of a story has chosen nothing.
"""

from ui.components.mount import script

MOMENTS = script(__file__)
