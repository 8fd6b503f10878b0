"use client";

import { type ReactNode, useState } from "react";
import type { ExperimentSlug, VariantOf } from "../registry";
import type { ExperimentAnswer } from "../types";
import { ExperimentContext } from "./ExperimentContext";
import { createStore } from "./store";

export interface ExperimentsTestProviderProps {
  /** What each experiment shows; null or left out, control. */
  variants: { [S in ExperimentSlug]?: VariantOf<S> | null };
  children: ReactNode;
}

/** For people's own tests and stories: decides as told, at once, and neither asks nor reports anything. */
export function ExperimentsTestProvider({ variants, children }: ExperimentsTestProviderProps) {
  const [store] = useState(() => createStore(null, null));
  const told: Record<string, string | null | undefined> = variants;
  const answerOf = (slug: string) => answer(slug, Object.hasOwn(told, slug) ? (told[slug] ?? null) : null);
  return <ExperimentContext value={{ store, answerOf }}>{children}</ExperimentContext>;
}

function answer(slug: string, variant: string | null): ExperimentAnswer {
  const decision =
    variant === null
      ? { variant, reason: "not_running" as const }
      : // As a preview: shown, never counted.
        { variant, reason: "override" as const };
  return {
    ...decision,
    slug,
    unit: null,
    subject: null,
    isControl: variant === null || variant === "control",
    isNewAssignment: false,
    assignmentType: null,
    payload: null,
  };
}
