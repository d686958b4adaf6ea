// What the browser remembers for this page: its language for good, the chosen reporter while the tab lives.

// A browser set to refuse site data throws at the mere mention of its storage; the page works without memory then.
function store(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

export function recallText(name, key) {
  return store(name)?.getItem(key) ?? null;
}

export function keepText(name, key, text) {
  store(name)?.setItem(key, text);
}
