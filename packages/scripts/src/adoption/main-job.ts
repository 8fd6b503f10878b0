import assert from "node:assert/strict";
import { type Browser, chromium } from "@playwright/test";
import type { Pool } from "pg";
import { findOrInstallChromium } from "../lib/chromium";
import { FlagJob } from "./flag-job";
import type { Host } from "./host";
import { Job } from "./job";
import type { ServedHost } from "./served-host";
import { walkAdmin } from "./walk-admin";

export interface MainJob {
  host: Host;
  served: ServedHost;
  /** The database itself, whatever the application has before it. */
  pool: Pool;
}

/** What somebody installs the module for, from a draft to a concluded experiment, as people see it. */
export async function doMainJob({ host, served, pool }: MainJob): Promise<string[]> {
  const done: string[] = [];
  return inBrowser(async (browser) => {
    const job = new Job(browser, host, served, pool);
    const admin = await job.addPerson("admin");
    await job.start(admin);
    done.push("an experiment was created and started");
    const [urgent, control] = await job.findTwo();
    done.push("two people saw two variants in the first HTML");
    await job.order(urgent);
    await job.order(control);
    done.push("their exposures were counted, and their orders in the transactions that placed them");
    if (host.clientPage !== undefined) {
      await job.openClientPage(host.clientPage);
      done.push(`a page of the Pages Router shows it with React ${host.clientPage.react}`);
    }
    await job.lookIntoAdmin(admin);
    done.push("the administration shows it, and nobody else may look");
    await job.readResults(admin);
    done.push("results came, with a metric over the application's own table");
    if (host.flags !== undefined) {
      const flagJob = new FlagJob(job, pool, host.flags, admin);
      await flagJob.switchExperiment();
      done.push("the application's own code switched it off and on, and stamped its row");
      await flagJob.convertAndBack();
      await flagJob.leaveConverted();
      done.push("a flag became an experiment, a flag again, and an experiment that stays");
    }
    await job.erase(control);
    done.push("a deleted person is erased, and counts stay");
    await job.conclude(admin);
    done.push("it was concluded, and everybody sees the winner");
    const page = await admin.context.newPage();
    done.push(
      ...(await walkAdmin({
        page,
        adminUrl: job.addressOf("/admin/experiments"),
        flag: host.flags?.other ?? null,
      })),
    );
    return done;
  });
}

/** Has people take part before something is done to the application, and the same people and others afterwards. */
export function useAcross({ host, served, pool }: MainJob, change: () => Promise<void>): Promise<void> {
  return inBrowser(async (browser) => {
    const job = new Job(browser, host, served, pool);
    await job.start(await job.addPerson("admin"));
    const [urgent, control] = await job.findTwo();
    await job.order(urgent);
    await change();
    for (const person of [urgent, control])
      assert.equal((await job.open(person.context, false)).shown, person.shown);
    await job.order(control);
    await job.order((await job.findTwo())[0]);
  });
}

async function inBrowser<Result>(use: (browser: Browser) => Promise<Result>): Promise<Result> {
  const browser = await chromium.launch({ executablePath: findOrInstallChromium(), args: ["--no-sandbox"] });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}
