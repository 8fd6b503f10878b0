import { localeOf } from "@/lib/i18n-server";
import type { LocaleCode } from "@/lib/locale";

const questions = ["seat", "invoice", "member", "own_server"] as const;

export function PricingQuestions({ locale }: { locale: LocaleCode }) {
  const { t } = localeOf(locale);
  return (
    <section
      aria-labelledby="questions"
      className="mt-14 grid gap-x-12 gap-y-4 lg:grid-cols-[minmax(0,4fr)_minmax(0,8fr)]"
    >
      <h2 id="questions" className="font-semibold text-base">
        {t("pricing_questions")}
      </h2>
      <dl className="divide-y border-y">
        {questions.map((question) => (
          <div key={question} className="py-4">
            <dt className="font-medium text-sm">{t(`pricing_question_${question}`)}</dt>
            <dd className="mt-1 max-w-[64ch] text-pretty text-muted-foreground text-sm">
              {t(`pricing_answer_${question}`)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
