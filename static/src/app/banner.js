// The strip under the top bar (#offline). Each kind of message has at most one banner there.

const find = (kind) => document.querySelector(`#offline [data-banner="${kind}"]`);

export function showBanner(kind, text, ...actions) {
  // The same words again would only be read out again.
  if (find(kind)?.firstElementChild.textContent === text) return;
  hideBanner(kind);
  const banner = document.createElement("div");
  banner.className = "tp-offline";
  banner.dataset.banner = kind;
  const words = document.createElement("span");
  words.textContent = text;
  banner.append(words, ...actions);
  document.getElementById("offline")?.append(banner);
}

export function hideBanner(kind) {
  find(kind)?.remove();
}
