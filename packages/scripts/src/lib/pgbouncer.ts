import { spawnSync } from "node:child_process";
import fs from "node:fs";

/**
 * On CI, root on Debian gets the distribution's pgbouncer. Elsewhere, and where that fails, the tests that need it are
 * skipped, and counted as such.
 */
export function installPgbouncerOnCi(): void {
  const isAptRoot = process.getuid?.() === 0 && fs.existsSync("/usr/bin/apt-get");
  if (process.env.CI === undefined || !isAptRoot || fs.existsSync("/usr/sbin/pgbouncer")) return;
  console.log("Installing pgbouncer …");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = ["-y", "-q", "-o", "DPkg::Lock::Timeout=300"];
  for (const args of [["update"], ["install", "--no-install-recommends", "pgbouncer"]])
    spawnSync("apt-get", [...args, ...apt], { env, stdio: "ignore" });
}
