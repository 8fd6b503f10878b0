import type { AssignmentKey, FoundAssignment } from "../../serve/assignments.repository";
import { findFirstSeen } from "../../serve/first-seen";
import { type Reading, RowMemory } from "../../serve/row-memory";
import { experimentOf, KEYS, type Step } from "./steps";
import { MemoryWorld } from "./world";

/** The memory's rules, each of which a test takes away. */
export interface Rules {
  remember(memory: RowMemory, ...given: Parameters<RowMemory["remember"]>): void;
  forget(memory: RowMemory, name: string): void;
  lose(memory: RowMemory): void;
}
export const RULES: Rules = {
  remember: (memory, ...given) => memory.remember(...given),
  forget: (memory, name) => memory.forget(name),
  lose: (memory) => memory.lose(),
};

/** A node: its memory, what it is reading, and what was announced to it and has not arrived. */
class Node {
  readonly memory = new RowMemory();
  readonly #world: MemoryWorld;
  readonly #rules: Rules;
  readonly #announced: string[] = [];
  #reads: { key: AssignmentKey; reading: Reading; found: FoundAssignment[] | null }[] = [];
  #isListening = true;

  constructor(world: MemoryWorld, rules: Rules) {
    this.#world = world;
    this.#rules = rules;
    this.memory.hear();
    world.listen((name) => this.#isListening && this.#announced.push(name));
  }

  read(key: AssignmentKey): void {
    if (this.memory.recall(key, experimentOf(key)) !== null) return;
    this.#reads.push({ key, reading: this.memory.begin(), found: null });
  }

  visit(key: AssignmentKey): void {
    const before = this.#reads.length;
    this.read(key);
    while (this.#reads.length > before) this.goOn(before);
  }

  /** The rows that it remembers, and how many of them are others than it would read. */
  check(): { remembered: number; wrong: number } {
    const counts = { remembered: 0, wrong: 0 };
    // What has not arrived yet may still be obeyed.
    if (this.#announced.length > 0) return counts;
    for (const key of KEYS) {
      const row = this.memory.recall(key, experimentOf(key));
      if (row === null) continue;
      counts.remembered++;
      const read = findFirstSeen(this.#world.lookUp(key), key.unitId);
      if (row.id !== read?.id || read.exposedAt === null) counts.wrong++;
    }
    return counts;
  }

  /** First what is found, then what comes of it. */
  goOn(next: number): void {
    const read = this.#reads[next % this.#reads.length];
    if (read === undefined) return;
    if (read.found === null) {
      read.found = this.#world.lookUp(read.key);
      return;
    }
    const chosen = findFirstSeen([...read.found], read.key.unitId);
    this.#rules.remember(this.memory, read.reading, read.key, experimentOf(read.key), chosen, read.found);
    this.memory.end(read.reading);
    this.#reads = this.#reads.filter((one) => one !== read);
  }

  hear(count: number): void {
    for (const name of this.#announced.splice(0, count)) this.#rules.forget(this.memory, name);
  }

  lose(): void {
    this.#isListening = false;
    this.#announced.length = 0;
    this.#rules.lose(this.memory);
  }

  listen(): void {
    this.#isListening = true;
    this.memory.hear();
  }
}

/** A report that a variant was seen: it looks the row up, stores one where there is none, and says that it was seen. */
function* report(world: MemoryWorld, key: AssignmentKey, ageMs: number): Generator<undefined> {
  const found = findFirstSeen(world.lookUp(key), key.unitId);
  yield;
  if (found?.exposedAt) return;
  let id = found?.id;
  if (found === null) {
    const row = world.insert(key);
    if (row === null) return;
    yield;
    world.commit(row);
    id = row.id;
    yield;
  }
  world.expose(id as string, ageMs);
}

/** How many rows nodes remember, over all steps, and how many of them are others than they would read. */
export function live(steps: Step[], rules: Rules): { remembered: number; wrong: number } {
  const world = new MemoryWorld();
  const nodes = [new Node(world, rules), new Node(world, rules)];
  let reports: Generator<undefined>[] = [];
  const nodeOf = (step: { node: number }) => nodes[step.node] as Node;
  const goOn = (one: Generator<undefined> | undefined) => {
    if (one?.next().done) reports = reports.filter((other) => other !== one);
  };
  const counts = { remembered: 0, wrong: 0 };
  for (const step of steps) {
    if (step.what === "visit") nodeOf(step).visit(step.key);
    else if (step.what === "see") for (const _ of report(world, step.key, step.ageMs));
    else if (step.what === "read") nodeOf(step).read(step.key);
    else if (step.what === "go on reading") nodeOf(step).goOn(step.next);
    else if (step.what === "report") reports.push(report(world, step.key, step.ageMs));
    else if (step.what === "go on reporting") goOn(reports[step.next % reports.length]);
    else if (step.what === "hear") nodeOf(step).hear(step.count);
    else if (step.what === "wait") world.now += step.ms;
    else if (step.what === "link") world.link(step.visitor, step.person);
    else if (step.what === "forget visitor") world.forgetVisitor(step.visitor);
    else if (step.what === "erase user") world.eraseUser(step.person);
    else if (step.what === "delete rows") world.deleteRows(step.slug);
    else if (step.what === "lose") nodeOf(step).lose();
    else nodeOf(step).listen();
    for (const node of nodes) {
      const { remembered, wrong } = node.check();
      counts.remembered += remembered;
      counts.wrong += wrong;
    }
  }
  return counts;
}
