// Browsers start no workers for a site that is read from disk; there the search runs in a frame.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.documentElement.append(frame);
      const inside = frame.contentWindow;
      // What the worker's script calls: its answers go to who listens outside.
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      inside.importScripts = (...urls) => Promise.all(urls.map((one) => this.load(one)));
      this.frame = frame;
      this.ready = this.load(url);
    }
    load(url) {
      return new Promise((done, failed) => {
        const inner = this.frame.contentDocument;
        const script = Object.assign(inner.createElement("script"), {
          src: new URL(url, document.baseURI),
          onload: done,
          onerror: failed,
        });
        inner.documentElement.append(script);
      });
    }
    postMessage(data) {
      const inside = this.frame.contentWindow;
      this.ready.then(() => inside.dispatchEvent(new MessageEvent("message", { data })));
    }
  };
}
