import { act, cleanup } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, vi } from "vitest";
import { ExperimentContextProvider } from "../../context/ExperimentContext";
import {
  type ClientConversion,
  type ExperimentTransport,
  registerExperimentTransport,
  type SeenVariant,
  type UseExperimentOptions,
  type UseExperimentResult,
  useExperiment,
} from "../../hooks";
import { exposures } from "../../lib/client/exposures";
import type { ExperimentAnswer } from "../../types/answers";
import type { ExperimentSlug } from "../../types/registry";

export function anAnswer(changes: Partial<ExperimentAnswer> = {}): ExperimentAnswer {
  return {
    slug: "upgrade-button-test",
    variant: "urgent",
    reason: "sticky",
    unit: "user",
    subject: "user:12",
    isControl: false,
    isNewAssignment: false,
    assignmentType: "deterministic",
    payload: null,
    ...changes,
  } as ExperimentAnswer;
}

/** Records what the hooks say, and answers misses as it is told. */
export function recordingTransport(
  answer: (slug: string) => ExperimentAnswer = (slug) => anAnswer({ slug }),
) {
  const exposures: { seen: SeenVariant[]; isLeaving: boolean }[] = [];
  const conversions: ClientConversion[] = [];
  const fetchMisses = vi.fn<ExperimentTransport["fetchMisses"]>(async (misses) =>
    misses.map(({ slug }) => answer(slug)),
  );
  const transport: ExperimentTransport = {
    fetchMisses,
    sendExposures: async (seen, isLeaving) => void exposures.push({ seen, isLeaving }),
    sendConversion: (conversion) => void conversions.push(conversion),
  };
  registerExperimentTransport(transport);
  return { exposures, conversions, fetchMisses, transport };
}

/** What the last render of a Probe got, and the variants of all. */
export const probed = {
  result: null as unknown as UseExperimentResult<ExperimentSlug>,
  variants: [] as (string | null)[],
};

/** Uses one experiment and shows what it got. */
export function Probe({
  slug = "upgrade-button-test",
  ...options
}: { slug?: ExperimentSlug } & UseExperimentOptions) {
  probed.result = useExperiment(slug, options);
  probed.variants.push(probed.result.variant);
  return (
    <p>
      {slug}: {probed.result.isLoading ? "loading" : (probed.result.variant ?? "none")}
    </p>
  );
}

export function Provided({
  answers,
  children,
  ...props
}: { answers?: ExperimentAnswer[]; children: ReactNode } & Partial<{ subject: string; stamp: string }>) {
  return (
    <ExperimentContextProvider answers={answers ?? [anAnswer()]} subject="user:12" {...props}>
      {children}
    </ExperimentContextProvider>
  );
}

/** Lets the lazy module load, timers of a batch run, and React settle. */
export async function settle(ms = 80): Promise<void> {
  await act(() => new Promise((resolve) => setTimeout(resolve, ms)));
}

/** Registers what every file of these tests begins and ends with. */
export function startAfresh(): void {
  beforeEach(() => {
    probed.variants = [];
    localStorage.clear();
  });
  afterEach(async () => {
    cleanup();
    await settle(0);
    registerExperimentTransport(undefined);
    exposures.waiting.length = 0;
  });
}
