import type { Reader } from "./types";

const PATH = "/api/experiments/reader";

let asking: Promise<Reader | null> | undefined;

/** Null where the server was not reached: then nothing is known, and nothing is started. Those who ask at once share. */
export function fetchReader(): Promise<Reader | null> {
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}

async function ask(): Promise<Reader | null> {
  try {
    const response = await fetch(PATH);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
