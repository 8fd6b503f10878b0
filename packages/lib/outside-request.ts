import { AsyncLocalStorage } from "node:async_hooks";

// A timer, a promise or a connection remembers the request in which it was made: its headers, its cache, its whole tree.
// What outlives the request would keep all of that alive. The snapshot is taken as this file is loaded: one that is
// taken at the first call would hold that call's request.
const outside = AsyncLocalStorage.snapshot();

/** Does `work` as no part of the request that asks for it. For whatever goes on after the answer. */
export function outsideRequest<T>(work: () => T): T {
  return outside(work);
}

/** Does `work` once, later. Keeps neither the request nor the process alive. */
export function later(work: () => void, milliseconds: number): NodeJS.Timeout {
  return outside(() => setTimeout(work, milliseconds)).unref();
}

/** Does `work` again and again. Keeps neither the request nor the process alive. */
export function every(milliseconds: number, work: () => void): NodeJS.Timeout {
  return outside(() => setInterval(work, milliseconds)).unref();
}
