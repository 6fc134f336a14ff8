// Lets the browser answer with a page of ours when there is no connection.
navigator.serviceWorker?.register(document.currentScript.dataset.worker, { scope: "/" }).catch(() => {
  // a browser that does not allow it shows its own page
});
