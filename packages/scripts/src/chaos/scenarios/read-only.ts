import { holds } from "../judging/findings";
import type { Scenario } from "../scenario";
import { aVisitor, findAnswers, underFire, variantsOf } from "./under-fire";

export const readOnly: Scenario = {
  name: "read-only",
  fault: "The database accepts no writes",
  promise:
    "visitors who have a variant keep it, and all others see control; nothing that was confirmed is lost",
  async run(site, pace) {
    const { baseUrl } = await site.start();
    const writable = async () => {
      await site.sudo("ALTER SYSTEM RESET default_transaction_read_only");
      await site.sudo("SELECT pg_reload_conf()");
    };
    const returning = aVisitor(site, baseUrl, 1);
    await returning.comeBack();
    const before = await variantsOf(returning);
    let meanwhile = "none";
    const { during, findings } = await underFire(site, pace, {
      baseUrl,
      async fault(goOn) {
        await site.sudo("ALTER SYSTEM SET default_transaction_read_only = on");
        await site.sudo("SELECT pg_reload_conf()");
        site.defer(writable);
        await goOn(2);
        meanwhile = await variantsOf(returning);
        await goOn(2);
        await writable();
      },
    });
    return [
      ...findings,
      holds("a returning visitor keeps their variants", before !== "none" && meanwhile === before),
      ...findAnswers(during),
    ];
  },
};
