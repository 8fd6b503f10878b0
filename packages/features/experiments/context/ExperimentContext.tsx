"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { ExperimentStore } from "../lib/client/experiment-store";
import { exposures } from "../lib/client/exposures";
import type { ExperimentAnswer } from "../types/answers";
import { createStore } from "./store";

export interface ExperimentContextValue {
  /** The server's answer for this page; undefined for an experiment that no provider named. */
  answerOf(slug: string): ExperimentAnswer | undefined;
  store: ExperimentStore;
}

/** Without a provider every experiment is a miss, which is asked for from the browser. */
export const ExperimentContext = createContext<ExperimentContextValue>({
  answerOf: () => undefined,
  store: createStore(null, null),
});

export interface ExperimentContextProviderProps {
  answers: ExperimentAnswer[];
  /** Whom the answers are for, such as `user:12`; a change needs another `key` too, so that all starts afresh. */
  subject: string | null;
  /** Names the state of all configurations; without it nothing is kept from one page to the next. */
  stamp?: string | null;
  children: ReactNode;
}

/** Hands the server's decisions to the hooks. Inside another one of the same subject it adds to that one's answers. */
export function ExperimentContextProvider(props: ExperimentContextProviderProps) {
  const { answers, subject, stamp = null, children } = props;
  const parent = useContext(ExperimentContext);
  const [own] = useState(() => createStore(subject, stamp));
  const isWithin = parent.store.subject === subject;
  const store = isWithin ? parent.store : own;
  const value = useMemo<ExperimentContextValue>(
    () => ({
      answerOf: (slug) =>
        answers.find((answer) => answer.slug === slug) ?? (isWithin ? parent.answerOf(slug) : undefined),
      store,
    }),
    [answers, isWithin, parent, store],
  );

  // The next page may be another person's, so the exposures of this person are sent first.
  useEffect(() => () => exposures.flush(), []);

  return <ExperimentContext.Provider value={value}>{children}</ExperimentContext.Provider>;
}
