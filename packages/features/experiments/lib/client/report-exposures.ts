import { exposures, type SeenVariant } from "./exposures";

type Send = (seen: SeenVariant[], isLeaving: boolean) => Promise<void>;

const { waiting } = exposures;
let timer: ReturnType<typeof setTimeout> | undefined;
let send: Send | undefined;

/** Reports what was seen through this transport from now on, and what has waited for one. Without one, everything waits. */
export function reportExposures(through: Send | undefined): void {
  send = through;
  exposures.wake = wake;
  exposures.flush = flush;
  if (waiting[0]) wake();
}

function wake(): void {
  flushOnLeaving();
  // Exposures within these milliseconds are sent together.
  timer ??= setTimeout(flush, 50);
}

function flushOnLeaving(): void {
  // Until the page is hidden for the first time: where nothing waits it does nothing.
  addEventListener("pagehide", flush, { once: true });
  // A page that is hidden may never be shown again: on phones that is how most pages end.
  addEventListener("visibilitychange", flush, { once: true });
}

/** The timer and the provider call it without an event: the page lives on, and so may a request. */
function flush(leaving?: unknown): void {
  timer = void clearTimeout(timer);
  if (!send || !waiting[0]) return;
  const batch = waiting.splice(0);
  // Reports that failed are sent again with the next exposure, or when the page is left.
  send(batch, Boolean(leaving)).catch(() => {
    waiting.push(...batch);
    flushOnLeaving();
  });
}
