"use client";

import { Fragment, type ReactNode, useCallback, useContext, useEffect } from "react";
import { ExperimentContext } from "../context/ExperimentContext";
import { type Watched, whenVisible } from "../lib/client/visible";
import type { ExperimentAnswer } from "../types/answers";

export interface SeenVariantProps {
  answer: ExperimentAnswer;
  exposeWhen?: "visible";
  /** What shows the variant, rendered by the server. */
  children: ReactNode;
}

/** Counts a variant that a server component shows. */
export function SeenVariant({ answer, exposeWhen, children }: SeenVariantProps) {
  const { store } = useContext(ExperimentContext);
  const isCounted = answer.reason === "sticky" || answer.reason === "allocated";
  useEffect(() => {
    if (isCounted && exposeWhen !== "visible") store.expose(answer);
  }, [isCounted, exposeWhen, store, answer]);
  const ref = useCallback(
    (target: Watched | null) => {
      if (target && isCounted) return whenVisible(target, () => store.expose(answer));
    },
    [isCounted, store, answer],
  );
  // biome-ignore lint/complexity/noUselessFragments: it adds no element, and its ref is what is watched.
  return exposeWhen === "visible" ? <Fragment ref={ref}>{children}</Fragment> : children;
}
