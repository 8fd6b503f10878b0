import { chromium } from "@playwright/test";
import type { Pool } from "pg";
import { findOrInstallChromium } from "../lib/chromium";
import type { Host } from "./hosts";
import { Job } from "./job";
import type { ServedHost } from "./served-host";

export interface MainJob {
  host: Host;
  served: ServedHost;
  /** The database itself, whatever the application has before it. */
  pool: Pool;
}

/** What somebody installs the module for, from a draft to a concluded experiment, as people see it. */
export async function doMainJob({ host, served, pool }: MainJob): Promise<string[]> {
  const browser = await chromium.launch({ executablePath: findOrInstallChromium(), args: ["--no-sandbox"] });
  const done: string[] = [];
  try {
    const job = new Job(browser, host, served, pool);
    const admin = await job.addPerson("admin");
    await job.start(admin);
    done.push("an experiment was created and started");
    const [urgent, control] = await job.findTwo();
    done.push("two people saw two variants in the first HTML");
    await job.order(urgent);
    await job.order(control);
    done.push("their exposures were counted, and their orders in the transactions that placed them");
    await job.lookIntoAdmin(admin);
    done.push("the administration shows it, and nobody else may look");
    await job.readResults(admin);
    done.push("results came, with a metric over the application's own table");
    await job.erase(control);
    done.push("a deleted person is erased, and counts stay");
    await job.conclude(admin);
    done.push("it was concluded, and everybody sees the winner");
    return done;
  } finally {
    await browser.close();
  }
}
