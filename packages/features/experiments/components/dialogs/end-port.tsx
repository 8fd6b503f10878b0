"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { EndPreview } from "../../results/types";
import { type Settled, useSettled } from "../form/targeting/use-settled";

/** What the dialog of a conclusion asks first; the application speaks to the server. It rejects with a sentence. */
export interface EndPort {
  previewEnd(slug: string): Promise<EndPreview>;
}

const EndPortContext = createContext<EndPort | null>(null);

export function EndPortProvider({ port, children }: { port: EndPort; children: ReactNode }) {
  return <EndPortContext.Provider value={port}>{children}</EndPortContext.Provider>;
}

/** What the result would be if the experiment ended now; "idle" where nothing answers that. */
export function useEndPreview(slug: string): Settled<EndPreview | null> {
  const port = useContext(EndPortContext);
  return useSettled(port === null ? null : slug, async (one) => (await port?.previewEnd(one)) ?? null);
}
