import type { Finding } from "../scenario";
import type { Site } from "../site/site";
import type { Ledger } from "../traffic/ledger";
import { holds, none, shown } from "./findings";
import { judge } from "./judge";
import { readStored } from "./stored";

/** Whether what was answered is what is stored: asked at the end of every scenario. */
export async function findKept(site: Pick<Site, "sudo">, ledger: Ledger): Promise<Finding[]> {
  const stored = await readStored(site);
  const { lost, changed, unseen, unconverted, doubled, invented } = judge(ledger, stored);
  return [
    // A run in which nothing was answered would have lost nothing either.
    holds("visitors got answers", ledger.told.length > 0 && ledger.converted.length > 0),
    shown("variants given", ledger.told.length),
    none("variants lost", lost),
    none("variants changed", changed),
    shown("exposures accepted", ledger.seen.length),
    none("exposures lost", unseen),
    shown("conversions accepted", ledger.converted.length),
    none("conversions lost", unconverted),
    none("rows stored twice", doubled),
    none("unreported conversions", invented),
  ];
}
