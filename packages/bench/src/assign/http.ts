import type { Benchmark, Measurement } from "../benchmark";
import { aRunningExperiment } from "../internals";
import type { Workbench } from "../workbench";
import { meterCpu } from "./cpu-time";
import { aVisitor, CONNECTIONS, createClient, type Visitor } from "./http-client";
import { compareUnderLoad } from "./load";
import { costOf, figuresOf } from "./load-figures";
import { letAllBeSeen } from "./seen";

const EXPERIMENTS = 20;
const LOAD = { callers: CONNECTIONS, callsPerRound: 3_000, rounds: 7, turns: 10 };
// Fewer than a round asks for, so that each of them is asked again and again.
const KNOWN_VISITORS = 500;

export const httpBenchmarks: Benchmark[] = [
  {
    id: "first-assignment-vs-constant",
    name: "First assignment, durable before the answer, against a constant procedure (CPU µs)",
    goal: { atLeast: 0.8 },
    run: (workbench) => againstConstant(workbench, "first"),
  },
  {
    id: "repeat-vs-constant",
    name: "Repeated assignment against a constant procedure (CPU µs)",
    goal: { atLeast: 0.95 },
    run: (workbench) => againstConstant(workbench, "repeat"),
  },
  {
    id: "twenty-vs-one",
    name: "Twenty experiments in one request against one, of known visitors (CPU µs)",
    goal: { atMost: 1.15 },
    run: (workbench) => twentyAgainstOne(workbench, "repeat"),
  },
  {
    id: "twenty-vs-one-new",
    name: "Twenty experiments in one request against one, of new visitors (CPU µs)",
    goal: { atMost: 1.4 },
    run: (workbench) => twentyAgainstOne(workbench, "first"),
  },
];

/** The constant is answered from memory, in the same context: session, cookie, agent and address are read for it too. */
async function againstConstant(workbench: Workbench, which: "first" | "repeat"): Promise<Measurement> {
  const bench = await openBench(workbench, 1);
  const constant = () =>
    bench.client.query("viewer.experiments.listActiveExperiments", undefined, bench.next());
  const decide = async () => bench.decide(which === "first" ? await aVisitor(bench.server) : bench.next(), 1);
  const comparison = await compareUnderLoad(decide, constant, { ...LOAD, meter: bench.meter });
  bench.client.close();
  return figuresOf(comparison, which === "first" ? 1.6 : undefined);
}

async function twentyAgainstOne(workbench: Workbench, which: "first" | "repeat"): Promise<Measurement> {
  const bench = await openBench(workbench, EXPERIMENTS);
  const decide = (experiments: number) => async () =>
    bench.decide(which === "first" ? await aVisitor(bench.server) : bench.next(), experiments);
  const comparison = await compareUnderLoad(decide(EXPERIMENTS), decide(1), { ...LOAD, meter: bench.meter });
  bench.client.close();
  return costOf(comparison);
}

/** Running experiments of visitors, and visitors who have a row in each. */
async function openBench(workbench: Workbench, experiments: number) {
  const fixture = await workbench.fixture();
  const slugs: string[] = [];
  for (let index = 0; index < experiments; index++)
    slugs.push((await aRunningExperiment(fixture, { unit: "visitor" })).slug);
  const server = await workbench.webServer();
  const client = createClient(server);
  const decide = async (visitor: Visitor, count: number) => {
    // As the hook asks.
    const requests = slugs.slice(0, count);
    const answers = await client.query("viewer.experiments.getVariants", { requests }, visitor);
    const isServed = Array.isArray(answers) && answers.every(({ variant }) => variant !== null);
    if (!isServed) throw new Error(`Not everybody was served: ${JSON.stringify(answers).slice(0, 300)}`);
  };
  // The server obeys what was started here within a second.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const known: Visitor[] = [];
  for (let index = 0; index < KNOWN_VISITORS; index++) known.push(await aVisitor(server));
  const decideAll = () => Promise.all(known.map((visitor) => decide(visitor, experiments)));
  await decideAll();
  await letAllBeSeen(fixture);
  await decideAll();
  const meter = await meterCpu(fixture.database.pool, server.pid);
  let turn = 0;
  return { server, client, meter, decide, next: () => known[turn++ % known.length] as Visitor };
}
