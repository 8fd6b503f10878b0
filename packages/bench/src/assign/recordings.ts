import { randomUUID } from "node:crypto";
import type { Benchmark, Measurement } from "../benchmark";
import {
  AssignmentsRepository,
  aRunningExperiment,
  CreditsRepository,
  RecordingsRepository,
  type WriteOptions,
} from "../internals";
import type { Workbench } from "../workbench";
import { meterCpu } from "./cpu-time";
import { compareUnderLoad } from "./load";
import { figuresOf } from "./load-figures";

const LOAD = { callers: 64, callsPerRound: 4_000, rounds: 7 };
/** As many statements at a time as the pool has connections, of one row each. */
const SINGLE: WriteOptions = { maxBatch: 1, maxInFlight: 20 };

export const recordingBenchmarks: Benchmark[] = [
  {
    id: "exposures-vs-single",
    name: "Exposures of 64 callers, coalesced against a statement each (CPU µs)",
    goal: { atLeast: 5 },
    run: (workbench) =>
      compare(workbench, ({ recordings }, { id }) =>
        recordings
          .expose([{ assignmentId: id, seenAt: performance.now(), facts: {} }])
          .then(({ length }) => length),
      ),
  },
  {
    id: "conversions-vs-single",
    name: "Conversions of 64 browsers, coalesced against a statement each (CPU µs)",
    goal: { atLeast: 3 },
    run: (workbench) =>
      compare(workbench, ({ recordings }, { id }) =>
        recordings
          .convert([{ assignmentId: id, event: "clicked", key: "1", ageMs: 0, value: null }])
          .then((isNew) => isNew.filter(Boolean).length),
      ),
  },
  {
    id: "server-conversions-vs-single",
    name: "Conversions that 64 callers on the server report, coalesced against a statement each (CPU µs)",
    goal: { atLeast: 3 },
    run: (workbench) =>
      compare(workbench, ({ credits }, { unitId }) => credits.credit({ ...SOLD, visitorId: unitId })),
  },
];

const SOLD = {
  event: "sold",
  key: "1",
  value: null,
  occurredAtMs: null,
  userId: null,
  teamId: null,
  isMembershipNeeded: false,
  slug: null,
  exceptSlugs: [],
};

interface Writers {
  recordings: RecordingsRepository;
  credits: CreditsRepository;
}

/** Each call writes for a visitor of its own, who has a row and has seen nothing yet. */
async function compare(
  workbench: Workbench,
  write: (writers: Writers, row: { id: string; unitId: string }) => Promise<number>,
): Promise<Measurement> {
  const fixture = await workbench.fixture();
  const { pool } = fixture.database;
  const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
  const assignments = new AssignmentsRepository(pool);
  const makeRows = async () => {
    const rows = Array.from({ length: LOAD.callsPerRound }, () => ({
      slug,
      unit: "visitor" as const,
      unitId: randomUUID(),
      variant: "control",
      assignmentType: "deterministic" as const,
      epoch: 1,
      isProvisional: false,
    }));
    return (await assignments.insert(rows)).filter((row) => row !== null);
  };
  const side = (options?: WriteOptions) => ({
    writers: {
      recordings: new RecordingsRepository(pool, options),
      credits: new CreditsRepository(pool, options),
    },
    rows: [] as { id: string; unitId: string }[],
  });
  const [coalesced, single] = [side(), side(SINGLE)];
  const calling = (of: ReturnType<typeof side>) => async (call: number) => {
    const row = of.rows[call % LOAD.callsPerRound] as { id: string; unitId: string };
    if ((await write(of.writers, row)) !== 1) throw new Error("Nothing was written.");
  };
  const comparison = await compareUnderLoad(calling(coalesced), calling(single), {
    ...LOAD,
    meter: await meterCpu(pool),
    prepare: async () => {
      coalesced.rows = await makeRows();
      single.rows = await makeRows();
    },
  });
  return figuresOf(comparison, 1);
}
