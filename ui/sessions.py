"""The sessions of visitors who have left: Streamlit keeps them for two minutes, should they come back."""

import logging
from threading import Event

from streamlit.runtime import exists, get_instance

PATIENCE_S = 2.0


def forget_expired() -> None:
    """Let go of the sessions whose time is over.

    Streamlit does so when the next visitor leaves, which after a lesson may be tomorrow; and what they hold is strewn
    over the heap, so that less of it can be given back. There is no public way to ask for it, so where Streamlit has
    changed inside, they stay until then.
    """
    if not exists():
        return
    try:
        runtime = get_instance()
        expire = runtime._session_mgr._session_storage._cache.expire  # type: ignore[attr-defined]
        loop = runtime._get_async_objs().eventloop
    except AttributeError:
        logging.getLogger(__name__).info("This Streamlit keeps expired sessions until the next visitor leaves.")
        return
    done = Event()

    def expire_in_loop() -> None:  # the storage belongs to the thread of the loop
        expire()
        done.set()

    loop.call_soon_threadsafe(expire_in_loop)
    done.wait(PATIENCE_S)
