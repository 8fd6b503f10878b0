"use client";

import { type ReactNode, useLayoutEffect, useMemo, useRef } from "react";
import type { ExperimentStore } from "../lib/client/experiment-store";
import { type ClientConversion, registerExperimentTransport, transport } from "../lib/client/transport";
import type { ExperimentAnswer, ServedReason, UnservedReason } from "../types/answers";
import type { ExperimentSlug, PayloadOf, VariantOf } from "../types/registry";
import { unservedAnswer } from "../types/unserved-answer";
import { ExperimentContext } from "./ExperimentContext";
import { createStore } from "./store";

/** A variant, null for none, or either of them with a payload and a reason. */
export type TestAnswer<S extends string> =
  | VariantOf<S>
  | null
  | {
      variant: VariantOf<S>;
      payload?: PayloadOf<S>;
      /** "sticky" unless told: a variant that is counted. A winner and an override are shown and not counted. */
      reason?: ServedReason;
      /** Whether it is the control; by default the variant of that name is. */
      isControl?: boolean;
      isNewAssignment?: boolean;
    }
  | { variant: null; reason?: UnservedReason };

export interface ExperimentsTestProviderProps {
  /** The answer of each experiment. An experiment that is left out shows control. */
  variants?: { [S in ExperimentSlug]?: TestAnswer<S> };
  /** Those that are asked for and not answered yet. */
  loading?: readonly ExperimentSlug[];
  /** Those that could not be answered. */
  failing?: readonly ExperimentSlug[];
  /** Each variant that was seen, once, as it would be counted. */
  onExposure?(slug: string, variant: string): void;
  /** Each conversion that would be reported, whichever function reported it. */
  onConversion?(conversion: ClientConversion): void;
  children: ReactNode;
}

/** For people's own tests and stories: decides as told, at once, and asks and reports nothing to anybody else. */
export function ExperimentsTestProvider(props: ExperimentsTestProviderProps) {
  const { variants = {}, loading = [], failing = [], children } = props;
  const spies = useRef(props);
  spies.current = props;
  const told: Record<string, TestAnswer<string> | undefined> = variants;
  const isLeftOpen = (slug: string) => [...loading, ...failing].some((open) => open === slug);
  const answerOf = (slug: string) =>
    isLeftOpen(slug) ? undefined : answer(slug, Object.hasOwn(told, slug) ? (told[slug] ?? null) : null);

  const store = useMemo<ExperimentStore>(() => {
    const seen = new Set<string>();
    return {
      ...createStore(null, null),
      seen,
      get: (slug) => (spies.current.failing?.some((open) => open === slug) ? FAILED : undefined),
      ask() {},
      expose({ slug, variant }) {
        if (variant === null || seen.has(slug)) return;
        seen.add(slug);
        spies.current.onExposure?.(slug, variant);
      },
    };
  }, []);

  // Before any effect of a component that is tested: it may report at once.
  useLayoutEffect(() => {
    const before = transport();
    registerExperimentTransport({
      fetchMisses: () => new Promise(() => {}),
      sendExposures: async () => {},
      sendConversion: (conversion) => spies.current.onConversion?.(conversion),
    });
    return () => registerExperimentTransport(before);
  }, []);

  return <ExperimentContext.Provider value={{ store, answerOf }}>{children}</ExperimentContext.Provider>;
}

const FAILED = { error: new Error("The test provider was told that this experiment cannot be answered.") };

function answer(slug: string, told: TestAnswer<string>): ExperimentAnswer {
  const none = unservedAnswer(slug, "not_running");
  if (told === null) return none;
  const given = typeof told === "string" ? { variant: told } : told;
  if (given.variant === null) return { ...none, reason: given.reason ?? none.reason };
  const { variant, reason = "sticky", isControl = variant === "control" } = given;
  const { isNewAssignment = false, payload = null } = given;
  return { ...none, variant, reason, isControl, isNewAssignment, payload };
}
