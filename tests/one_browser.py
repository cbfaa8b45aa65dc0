"""One browser for all tests of a run, a tab for each script.

Odoo starts a browser for each script and throws it away: each loads the web client over the
network and compiles it anew, which takes longer than most of what is then tried. Here the browser
stays, with what it has loaded; cookies and whatever pages store go with the tab.

Its clock is that of the place, as a worker's is. In the zone of the server it would have another
day between midnight there and here, and what is clicked as today be yesterday.
"""

import atexit
import os
import shutil
import signal
from concurrent.futures import wait
from unittest.mock import patch

import requests
import websocket

from odoo.tests import common

from odoo.addons.integration_management.tools import LOCAL_ZONE

# The process by what it was started for, with the port of its tools and the folder of its profile
KEPT = {}
PATIENCE = 10
# Workers live on without a page; what else a page leaves is cleared by its origin
END_WORKERS = """
    ("serviceWorker" in navigator) && navigator.serviceWorker.getRegistrations().then(
        (workers) => Promise.all(workers.map((worker) => worker.unregister())))
"""


class KeptBrowser(common.ChromeBrowser):
    """A tab in the browser that is kept; to a test it is a browser of its own."""

    def _chrome_start(self, user_data_dir, touch_enabled, headless=True, debug=False):
        self._kind = (touch_enabled, headless, debug)
        chrome, port, folder = KEPT.get(self._kind, (None, None, None))
        if chrome is None or chrome.poll() is not None:
            _forget(self._kind)
            with patch.dict(os.environ, TZ=LOCAL_ZONE):
                chrome, port = super()._chrome_start(user_data_dir, touch_enabled, headless, debug)
            KEPT[self._kind] = chrome, port, user_data_dir
        elif folder != user_data_dir:
            shutil.rmtree(user_data_dir, ignore_errors=True)
            self.user_data_dir = folder
        return chrome, port

    def _open_websocket(self):
        address = f"http://{common.HOST}:{self.devtools_port}/json/new?about:blank"
        answer = requests.put(address, timeout=PATIENCE)
        answer.raise_for_status()
        ws = websocket.create_connection(
            answer.json()["webSocketDebuggerUrl"], enable_multithread=True, suppress_origin=True
        )
        ws.settimeout(0.01)
        return ws

    def stop(self):
        """Close the tab and clear what its pages have left; a browser that cannot is given up."""
        try:
            self.screencaster.stop()
            self._websocket_request("Page.stopLoading")
            self._websocket_request(
                "Runtime.evaluate", params={"expression": END_WORKERS, "awaitPromise": True}
            )
            wait(self._responses.values(), PATIENCE)
            self._result.cancel()
            self._websocket_request("Network.clearBrowserCookies")
            stored = {"origin": self.test_case.base_url(), "storageTypes": "all"}
            self._websocket_request("Storage.clearDataForOrigin", params=stored)
            self._websocket_request("Page.close")
            self.ws.close()
        except Exception:  # noqa: BLE001 - whatever it was, the next test gets another browser
            self._logger.info("The browser is given up", exc_info=True)
            _forget(self._kind)
        finally:
            if self.sigxcpu_handler:
                signal.signal(signal.SIGXCPU, self.sigxcpu_handler)


class OneBrowser:
    """Mixin in front of TransactionCase and HttpCase."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classPatch(common, "ChromeBrowser", KeptBrowser)


def _forget(kind):
    """End the browser of a kind, if there is one, and remove its profile."""
    chrome, _port, folder = KEPT.pop(kind, (None, None, None))
    if chrome is not None:
        chrome.kill()
        chrome.wait()
        shutil.rmtree(folder, ignore_errors=True)


@atexit.register
def _forget_all():
    for kind in list(KEPT):
        _forget(kind)
