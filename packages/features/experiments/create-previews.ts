import { env } from "@calcom/lib/env";
import { logger } from "@calcom/lib/logger";
import { secretsFrom } from "@calcom/lib/secrets";
import type { ExperimentsAdmin } from "./create-admin";
import type { ConfigCache } from "./serve/config/config-cache";
import { PreviewService } from "./serve/preview.service";
import { type PreviewLinkParts, PreviewLinkService } from "./serve/preview-link.service";
import { PreviewLinksRepository } from "./serve/preview-links.repository";
import type { Pool } from "./sql/runner";

/** Joins previews with the secret and the mode of this process. */
export function createPreviews(
  pool: Pool,
  configs: ConfigCache,
  { access, catalog }: ExperimentsAdmin,
): PreviewService {
  const signing: Pick<PreviewLinkParts, "authorize" | "secrets" | "clock"> = {
    authorize: (actor, permission) => access.authorize(actor, permission),
    secrets: () => secretsFrom(env().PREVIEW_SECRET, env().PREVIEW_SECRET_PREVIOUS),
    clock: Date.now,
  };
  return new PreviewService({
    ...signing,
    configs,
    links: new PreviewLinkService({
      ...signing,
      detail: (actor, slug) => catalog.get(actor, slug),
      stored: new PreviewLinksRepository(pool),
    }),
    log: logger,
    isOpen: () => env().NODE_ENV === "development",
  });
}
