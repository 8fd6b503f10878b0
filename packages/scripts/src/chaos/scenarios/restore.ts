import { holds, none, shown } from "../judging/findings";
import { judge } from "../judging/judge";
import { readStored } from "../judging/stored";
import type { Scenario } from "../scenario";
import { emptyDirectory, startDebianServer } from "../site/debian-postgres";
import { missingDebianPostgres, runDebian } from "../site/debian-programs";
import { openSite } from "../site/site";
import { Ledger } from "../traffic/ledger";
import { aVisitor, phase, untilServed, variantsOf } from "./under-fire";

export const restore: Scenario = {
  name: "restore",
  fault:
    "The database is lost, and a dump that was made while visitors used the site is restored on another server",
  promise: "everything that was confirmed before the dump is there, unchanged",
  missing: missingDebianPostgres,
  async run(site, pace) {
    const [first, second] = [await startDebianServer(), await startDebianServer()];
    for (const server of [first, second]) site.defer(server.stop);
    const own = await openSite(first);
    site.defer(own.close);
    const node = await own.start();
    const returning = aVisitor(own, node.baseUrl, 1);
    await returning.comeBack();
    const before = await variantsOf(returning);

    const traffic = own.traffic(node.baseUrl, 15);
    await traffic.goOn(phase(5, pace));
    const answered = copyOf(traffic.ledger);
    const dump = emptyDirectory();
    await runDebian("pg_dump", ["--format=custom", `--file=${dump}`, first.url(own.name)]);
    await traffic.goOn(phase(2, pace));
    await traffic.end();
    first.kill();

    const role = own.name;
    own.follow(second.url("postgres"));
    await own.sudo(`CREATE ROLE "${role}" LOGIN`);
    await own.sudo(`CREATE DATABASE "${role}" OWNER "${role}"`);
    const target = new URL(second.url(role));
    target.username = role;
    await runDebian("pg_restore", ["--no-owner", "--exit-on-error", `--dbname=${target.href}`, dump]);
    own.follow(second.url(role));
    own.way.restore();

    const stored = await readStored(own);
    // What came after the dump is not in it, and what came while it was made may be.
    const attempted = traffic.ledger.attempted;
    const { lost, changed, unseen, unconverted, doubled, invented } = judge(
      { ...answered, attempted },
      stored,
    );
    const back = await untilServed(own, node.baseUrl);
    const after = await variantsOf(returning);
    return [
      shown("variants given before the dump", answered.told.length),
      holds("visitors got answers", answered.told.length > 0 && answered.converted.length > 0),
      none("variants lost or changed", [...lost, ...changed]),
      none("exposures lost", unseen),
      none("conversions lost", unconverted),
      none("rows stored twice, unreported conversions", [...doubled, ...invented]),
      holds("a node serves from the restored database", back !== null),
      holds("a returning visitor keeps their variants", before !== "none" && after === before),
    ];
  },
};

function copyOf({ told, seen, converted, attempted }: Ledger): Ledger {
  const copy = new Ledger();
  copy.told.push(...told);
  copy.seen.push(...seen);
  copy.converted.push(...converted);
  copy.attempted.push(...attempted);
  return copy;
}
