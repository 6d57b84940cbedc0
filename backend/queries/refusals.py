"""Refusals of questions that only one kind of answer knows."""

from __future__ import annotations

from backend.errors import InvalidRequestError


class FeedRestartedError(InvalidRequestError):
    """The feed is another one than the cursor's, on a database made anew: read everything again from the beginning."""

    code = "FEED_RESTARTED"

    def __init__(self, feed: str) -> None:
        self.feed = feed
        super().__init__("since", f"is of another feed than {feed}; drop what you have and begin again with since=0")
