// The only door to the simulator: what the world looks like, that it changed, and what people do in it.

const PAUSE = 1500;

/** Why an action failed, in words fit for a person. */
export class Refused extends Error {}

/** Does something on a phone; resolves to the answer, throws Refused. */
export async function act(path, body) {
  return answered(() => fetch(`/sim/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }));
}

/** Sends files as a phone does; `fields` are plain text. */
export async function upload(path, fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append("file", file, file.name);
  return answered(() => fetch(`/sim/${path}`, { method: "POST", body: form }));
}

async function answered(ask) {
  let response;
  try {
    response = await ask();
  } catch {
    throw new Refused("");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error ?? String(response.status));
  return answer;
}

/**
 * Keeps `onState` supplied with the newest state; `onGone` is told true when the simulator is
 * silent and false when it is back. Changes arriving while a fetch runs cost one more fetch.
 */
export function watch(onState, onGone) {
  let running = false;
  let again = false;

  async function refresh() {
    again = running;
    if (running) return;
    running = true;
    const state = await fetchState();
    running = false;
    onGone(state === null);
    if (state !== null) onState(state);
    if (again) refresh();
  }

  function listen() {
    const events = new EventSource("/sim/events");
    events.onopen = refresh;
    events.onmessage = refresh;
    // A browser retries a cut connection by itself but gives up on an error answer; starting anew covers both.
    events.onerror = () => {
      events.close();
      refresh();
      setTimeout(listen, PAUSE);
    };
  }

  listen();
  return refresh;
}

async function fetchState() {
  try {
    const response = await fetch("/sim/state", { cache: "no-store" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
