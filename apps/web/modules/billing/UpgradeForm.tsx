"use client";

import { pricesFor, type TeamOrder, teamOrderSchema } from "@calcom/features/billing";
import { useExperiment } from "@calcom/features/experiments/hooks";
import { useLocale } from "@calcom/lib/i18n";
import { Alert, Button, Field, Input } from "@calcom/ui";
import { zodResolver } from "@hookform/resolvers/zod";
import { useSession } from "next-auth/react";
import { useForm } from "react-hook-form";
import { moneyLabel } from "./money";
import { OrderSummary } from "./OrderSummary";
import { slugOf } from "./slug-of";
import { startTeam } from "./start-team";

/** The price per seat is that of the pricing page, tested variants included. */
export function UpgradeForm() {
  const { t, locale } = useLocale();
  const session = useSession();
  const { variant } = useExperiment("pricing-tiers", { userId: session.data?.user.id });
  const pricePerSeatCents = pricesFor(variant).teams * 100;
  const { register, handleSubmit, setValue, setError, watch, formState } = useForm<TeamOrder>({
    resolver: zodResolver(teamOrderSchema),
    defaultValues: { name: "", slug: "", seats: 3 },
  });
  const { errors, isSubmitting, dirtyFields } = formState;
  const seats = watch("seats");

  const order = handleSubmit(async (values) => {
    for (const { field, message } of (await startTeam(values, pricePerSeatCents)) ?? [])
      setError(field ?? "root", { message }, { shouldFocus: true });
  });

  return (
    <form
      noValidate
      onSubmit={order}
      className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_264px]"
    >
      <div className="flex flex-col gap-5">
        {errors.root?.message !== undefined && <Alert tone="destructive" title={errors.root.message} />}
        <Field
          label={t("billing_team_name")}
          htmlFor="name"
          error={errors.name?.message && t(errors.name.message)}
          required
        >
          <Input
            autoComplete="organization"
            {...register("name", {
              onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
                // Until the address is somebody's own choice, it follows the name.
                if (!dirtyFields.slug) setValue("slug", slugOf(event.target.value));
              },
            })}
          />
        </Field>
        <Field
          label={t("billing_team_address")}
          htmlFor="slug"
          hint={t("billing_team_address_hint")}
          error={errors.slug?.message && t(errors.slug.message)}
          required
        >
          <Input
            className="font-mono text-dense"
            autoCapitalize="none"
            spellCheck={false}
            {...register("slug")}
          />
        </Field>
        <Field
          label={t("billing_seats")}
          htmlFor="seats"
          hint={t("billing_seats_hint")}
          error={errors.seats?.message && t(errors.seats.message)}
          required
        >
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            className="w-28 tabular-nums"
            {...register("seats", { valueAsNumber: true })}
          />
        </Field>
      </div>
      <OrderSummary seats={seats} pricePerSeatCents={pricePerSeatCents}>
        <Button type="submit" loading={isSubmitting} className="w-full">
          {t("billing_start_subscription")}
        </Button>
        <p className="text-pretty text-muted-foreground text-xs">
          {t("billing_start_consequence", { price: moneyLabel(pricePerSeatCents, locale) })}
        </p>
      </OrderSummary>
    </form>
  );
}
