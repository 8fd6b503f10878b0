"use client";

import { useEffect, useRef, useState } from "react";

export type Settled<Value> =
  | { status: "idle" }
  | { status: "waiting" }
  | { status: "done"; value: Value }
  | { status: "failed"; message: string };

const PAUSE_MS = 300;

/** Asks once the question has stood still for a moment; an answer to an older question is dropped. Null asks nothing. */
export function useSettled<Question, Value>(
  question: Question | null,
  ask: (question: Question) => Promise<Value>,
): Settled<Value> {
  const key = question === null ? null : JSON.stringify(question);
  const [state, setState] = useState<Settled<Value>>({ status: "idle" });
  const latest = useRef({ question, ask });
  useEffect(() => {
    latest.current = { question, ask };
  });
  useEffect(() => {
    if (key === null) return setState({ status: "idle" });
    let isCurrent = true;
    setState({ status: "waiting" });
    const timer = setTimeout(async () => {
      const { question: asked, ask: answer } = latest.current;
      if (asked === null) return;
      try {
        const value = await answer(asked);
        if (isCurrent) setState({ status: "done", value });
      } catch (error) {
        if (isCurrent)
          setState({ status: "failed", message: error instanceof Error ? error.message : String(error) });
      }
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [key]);
  return state;
}
