import { choose } from "./choose";
import type { Answer, Faults } from "./judge";
import { callProcedure, type Procedure, procedures, readBack, sampleFor } from "./procedures";
import { findChanged } from "./read-the-same";
import { ROLES, type Role, type Site } from "./site";
import { listTampering, type Tampered } from "./tampering";

/** One procedure as one role calls it, with some of the ways in which its input can be tampered with. */
interface Round {
  procedure: Procedure;
  role: Role;
  ways: number[];
}

/** Sends so many tampered inputs, drawn from all of them; says how many were accepted. */
export async function attackProcedures(
  site: Site,
  faults: Faults,
  calls: number,
  seed: number,
): Promise<number> {
  let accepted = 0;
  for (const round of await drawRounds(site, calls, seed)) accepted += await attack(site, faults, round);
  return accepted;
}

async function drawRounds(site: Site, calls: number, seed: number): Promise<Round[]> {
  const all: { procedure: Procedure; role: Role; way: number }[] = [];
  for (const procedure of procedures) {
    site.role = "admin";
    const ways = listTampering(await sampleFor(procedure, site)).length;
    for (const role of ROLES) for (let way = 0; way < ways; way++) all.push({ procedure, role, way });
  }
  const rounds = new Map<string, Round>();
  for (const { procedure, role, way } of choose(all, calls, seed)) {
    const key = `${procedure.door} ${procedure.path} ${role}`;
    const round = rounds.get(key) ?? { procedure, role, ways: [] };
    round.ways.push(way);
    rounds.set(key, round);
  }
  return [...rounds.values()];
}

async function attack(site: Site, faults: Faults, { procedure, role, ways }: Round): Promise<number> {
  const isWriter = procedure.kind === "mutation" && mayWrite(role, procedure);
  const isDeciding = procedure.path.startsWith("viewer.experiments.");
  let [before, tampering] = await prepare(site, role, procedure);
  let accepted = 0;
  for (const way of ways) {
    const { what, input } = tampering[way]?.() ?? { what: "nothing", input: undefined };
    const name = `${role} ${procedure.door} ${procedure.path} ${what}`;
    const answer = await callProcedure(procedure, input);
    faults.judge(name, answer);
    if (!mayAnswer(role, procedure, answer)) faults.add(name, `answered by ${answer.status}`);
    if (!isWriter && !isDeciding) continue;
    const after = await site.readState();
    if (after === before) continue;
    if (answer.status !== 200) faults.add(name, "wrote although it was refused");
    if (isWriter && answer.status === 200)
      for (const changed of await findChanged(procedure, input)) faults.add(name, changed);
    if (isWriter && answer.status === 200 && ++accepted % READ_EVERY === 1) await readAll(site, faults, name);
    [before, tampering] = await prepare(site, role, procedure);
  }
  const after = await site.readState();
  if (!isWriter && !isDeciding && after !== before) faults.add(`${role} ${procedure.path}`, "wrote");
  if (accepted > 0) await readAll(site, faults, `${role} ${procedure.path}`);
  return accepted;
}

/** A viewer keeps views of their own, and is on record for each person whom they look up. */
function mayWrite(role: Role, { path }: Procedure): boolean {
  if (role === "viewer") return /^viewer\.admin\.experiments\.(views|people)\./.test(path);
  return role === "editor" || role === "admin";
}

/** Each door reads what there is: reading after every tenth change, and after the last, finds the same. */
const READ_EVERY = 10;

async function prepare(site: Site, role: Role, procedure: Procedure): Promise<[string, (() => Tampered)[]]> {
  site.role = role;
  // The target may have to be made first, which changes the state.
  const sample = await sampleFor(procedure, site);
  return [await site.readState(), listTampering(sample)];
}

async function readAll(site: Site, faults: Faults, after: string): Promise<void> {
  const { role } = site;
  site.role = "admin";
  for (const [path, answer] of await readBack((await site.target()).slug)) {
    faults.judge(`${path} after ${after}`, answer);
    if (answer.status !== 200)
      faults.add(`${path} after ${after}`, `${answer.status} ${answer.text.slice(0, 200)}`);
  }
  site.role = role;
}

function mayAnswer(role: Role, { path }: Procedure, { status }: Answer): boolean {
  if (!path.startsWith("viewer.admin.")) return true;
  if (role === "anonymous") return status === 401;
  if (role === "user" || (role !== "admin" && path.startsWith("viewer.admin.flags."))) return status === 403;
  return true;
}
