import type { Identity } from "@calcom/features/experiments/server";

export interface Context {
  identity: Identity<number>;
}

/** The app reads the identity from the request; nothing that a caller sends in an input changes it. */
export function createContext(context: Context): Context {
  return { identity: context.identity };
}
