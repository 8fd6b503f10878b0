"use server";

import { pricesFor, type TeamOrder, teamOrderSchema } from "@calcom/features/billing";
import { billing } from "@calcom/features/billing/server";
import { isAppError } from "@calcom/lib/errors";
import { refusalOf } from "@calcom/lib/issue";
import { say } from "@calcom/lib/sentence";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getServerTranslation } from "@/lib/i18n-server";
import { getIdentity } from "@/lib/identity";
import { requireUserPage } from "@/lib/require-user";
import { getExperiment } from "../experiments/get-experiment";
import { moneyLabel } from "./money";

export interface OrderProblem {
  field: keyof TeamOrder | null;
  message: string;
}

/**
 * Orders a team and leads to its dashboard, or says what is wrong. `shownPriceCents` is what the form has shown: a
 * price that has changed since is never charged unseen.
 */
export async function startTeam(order: TeamOrder, shownPriceCents: number): Promise<OrderProblem[]> {
  const user = await requireUserPage("/settings/billing/upgrade");
  const parsed = teamOrderSchema.safeParse(order);
  const { t, locale } = await getServerTranslation();
  if (!parsed.success)
    return parsed.error.issues.map((issue) => ({
      field: fieldOf(issue.path[0]),
      message: say(t, refusalOf(issue)),
    }));

  const pricePerSeatCents = await readPricePerSeat();
  if (pricePerSeatCents !== shownPriceCents) {
    revalidatePath("/settings/billing/upgrade");
    const price = moneyLabel(pricePerSeatCents, locale);
    return [{ field: null, message: t("billing_price_changed", { price }) }];
  }

  const subject = await getIdentity();
  let slug: string;
  try {
    ({ slug } = await billing().startTeam(user.id, parsed.data, pricePerSeatCents, subject));
  } catch (error) {
    if (!isAppError(error)) throw error;
    return [{ field: fieldOf(error.field), message: say(t, error) }];
  }
  // The header names the first team.
  revalidatePath("/", "layout");
  redirect(`/teams/${slug}`);
}

async function readPricePerSeat(): Promise<number> {
  const { variant } = await getExperiment("pricing-tiers");
  return pricesFor(variant).teams * 100;
}

function fieldOf(name: PropertyKey | undefined): OrderProblem["field"] {
  return name === "name" || name === "slug" || name === "seats" ? name : null;
}
