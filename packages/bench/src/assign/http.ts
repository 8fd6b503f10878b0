import type { Benchmark, Measurement } from "../benchmark";
import { aRunningExperiment } from "../internals";
import { inverseOf } from "../statistics";
import type { Workbench } from "../workbench";
import { aVisitor, CONNECTIONS, createClient, type Visitor } from "./http-client";
import { compareUnderLoad } from "./load";

const EXPERIMENTS = 20;
const LOAD = { callers: CONNECTIONS, callsPerRound: 1_000, rounds: 7 };
// Fewer than a round asks for, so that each of them is asked again and again.
const KNOWN_VISITORS = 500;

export const httpBenchmarks: Benchmark[] = [
  {
    id: "first-assignment-vs-constant",
    name: "First assignment, durable before the answer, against a constant procedure (per second)",
    goal: { atLeast: 0.8 },
    run: (workbench) => againstConstant(workbench, "first"),
  },
  {
    id: "repeat-vs-constant",
    name: "Repeated assignment against a constant procedure (per second)",
    goal: { atLeast: 0.95 },
    run: (workbench) => againstConstant(workbench, "repeat"),
  },
  {
    id: "twenty-vs-one",
    name: "Twenty experiments in one request against one, of known visitors (requests per second)",
    goal: { atMost: 1.15 },
    run: (workbench) => twentyAgainstOne(workbench, "repeat"),
  },
  {
    id: "twenty-vs-one-new",
    name: "Twenty experiments in one request against one, of new visitors (requests per second)",
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
  const { ours, anchor, throughput, p99Ratio } = await compareUnderLoad(decide, constant, LOAD);
  bench.client.close();
  return {
    ours: ours.perSecond,
    anchor: anchor.perSecond,
    ...throughput,
    alsoMet: which === "repeat" || p99Ratio <= 1.6,
    notes: [`p99 ${p99Ratio.toFixed(2)} × that of the constant${which === "first" ? " (goal: ≤ 1.6)" : ""}`],
  };
}

async function twentyAgainstOne(workbench: Workbench, which: "first" | "repeat"): Promise<Measurement> {
  const bench = await openBench(workbench, EXPERIMENTS);
  const decide = (experiments: number) => async () =>
    bench.decide(which === "first" ? await aVisitor(bench.server) : bench.next(), experiments);
  const { ours, anchor, throughput, p99Ratio } = await compareUnderLoad(decide(EXPERIMENTS), decide(1), LOAD);
  bench.client.close();
  return {
    ours: ours.perSecond,
    anchor: anchor.perSecond,
    ...inverseOf(throughput),
    notes: [`p99 ${p99Ratio.toFixed(2)} × that of one`],
  };
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
    const requests = slugs.slice(0, count).map((experimentSlug) => ({ experimentSlug }));
    const answers = await client.query("viewer.experiments.getVariants", { requests }, visitor);
    const isServed = Array.isArray(answers) && answers.every(({ variant }) => variant !== null);
    if (!isServed) throw new Error(`Not everybody was served: ${JSON.stringify(answers).slice(0, 300)}`);
  };
  // The server obeys what was started here within a second.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const known: Visitor[] = [];
  for (let index = 0; index < KNOWN_VISITORS; index++) known.push(await aVisitor(server));
  await Promise.all(known.map((visitor) => decide(visitor, experiments)));
  let turn = 0;
  return { server, client, decide, next: () => known[turn++ % known.length] as Visitor };
}
