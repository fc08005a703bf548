import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { parseTime, toAsciiDigits } from '@app/persian';
import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { ask, isLost } from '../../shared/api/ask.js';
import { graphql, type VariablesOf } from '../../shared/api/graphql.js';
import { useSend } from '../../shared/api/use-send.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { Button } from '../../shared/ui/button.js';
import { SelectField, TextField } from '../../shared/ui/fields.js';
import { JalaliField, typedDay } from '../../shared/ui/jalali-field.js';
import { LongSelect } from '../../shared/ui/long-select.js';
import { Failed, FailureNote, Loading } from '../../shared/ui/states.js';
import { PageTitle } from '../../shared/ui/text.js';
import { useRested } from '../../shared/ui/use-rested.js';
import { useTitle } from '../../shared/ui/use-title.js';
import { PlanPreview } from './plan-preview.js';
import { RefusalList, type Refusal } from './refusal-list.js';

const PlanChoices = graphql(`
  query PlanChoices($search: String) {
    institutes(first: 100, search: $search) {
      nextCursor
      items {
        id
        name
        rooms {
          id
          name
          capacity
        }
        appointments {
          trainerId
          givenName
          familyName
          standardId
          standardTitleFa
          standardTitleEn
        }
      }
    }
  }
`);

const OpenCourseRun = graphql(`
  mutation OpenCourseRun($input: CourseRunInput!) {
    openCourseRun(input: $input) {
      __typename
      ... on CourseRun {
        id
      }
      ... on CourseRunRefused {
        reason
        day
        runNumber
      }
    }
  }
`);

export type Plan = VariablesOf<typeof OpenCourseRun>['input'];

/** Saturday first. */
const week = [6, 7, 1, 2, 3, 4, 5];

const blank = {
  instituteId: '',
  standardId: '',
  roomId: '',
  trainerId: '',
  startsOn: '',
  weekdays: [] as number[],
  from: '',
  until: '',
  capacity: '',
};
type Form = typeof blank;
type Field = keyof Form;

const wholeNumber = (text: string): number | null => {
  const digits = toAsciiDigits(text).trim();
  return /^\d{1,4}$/.test(digits) && Number(digits) > 0 ? Number(digits) : null;
};

/** What the form says, or the fields that it does not say yet. */
export function planOf(form: Form): { plan: Plan | null; missing: Field[] } {
  const startsOn = typedDay(form.startsOn);
  const startMinute = parseTime(form.from);
  const endMinute = parseTime(form.until);
  const capacity = wholeNumber(form.capacity);
  const { instituteId, standardId, roomId, trainerId, weekdays } = form;
  const inOrder = startMinute !== null && endMinute !== null && endMinute > startMinute;
  const missing = (
    [
      ['instituteId', instituteId],
      ['standardId', standardId],
      ['roomId', roomId],
      ['trainerId', trainerId],
      ['startsOn', startsOn],
      ['weekdays', weekdays.length > 0],
      ['from', startMinute !== null],
      ['until', inOrder],
      ['capacity', capacity],
    ] as [Field, unknown][]
  ).flatMap(([field, said]) => (said ? [] : [field]));
  if (missing.length > 0 || startsOn === null || !inOrder || capacity === null) return { plan: null, missing };
  const plan = { instituteId, standardId, roomId, trainerId, startsOn, weekdays, startMinute, endMinute, capacity };
  return { plan, missing: [] };
}

export function PlanPage() {
  const { t, either, number, weekday } = useWords();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form, setForm] = useState(blank);
  const [refused, setRefused] = useState<Refusal[]>([]);
  const [search, setSearch] = useState('');
  const choices = useQuery({ ...ask(PlanChoices, { search: useRested(search) }), placeholderData: keepPreviousData });
  const { plan, missing } = planOf(form);
  const shown = useRested(plan);
  useTitle(t('plan.title'));

  const open = useSend(OpenCourseRun, {
    onAnswer: async ({ openCourseRun: answer }) => {
      if (answer.__typename === 'CourseRunRefused') return setRefused([answer]);
      await queries.invalidateQueries();
      await navigate({ to: '/courses/$runId', params: { runId: answer.id } });
    },
  });

  if (isLost(choices)) return <Failed error={choices.error} onRetry={() => void choices.refetch()} />;
  if (!choices.data) return <Loading />;
  const { instituteId, standardId } = form;
  const institutes = choices.data.institutes.items;
  const institute = institutes.find(({ id }) => id === instituteId);
  // What nobody is appointed to teach there cannot be opened, so it is not offered.
  const appointments = institute?.appointments ?? [];
  const standards = new Map(
    appointments.map((each) => [each.standardId, either(each.standardTitleFa, each.standardTitleEn)]),
  );
  const trainers = new Map(
    appointments
      .filter((each) => each.standardId === standardId)
      .map(({ trainerId, givenName, familyName }) => [trainerId, `${givenName} ${familyName}`]),
  );

  const change = (part: Partial<Form>) => {
    setRefused([]);
    setForm((before) => ({ ...before, ...part }));
  };
  const names: Record<Field, string> = {
    instituteId: t('plan.institute'),
    standardId: t('plan.standard'),
    roomId: t('plan.room'),
    trainerId: t('plan.trainer'),
    startsOn: t('plan.startsOn'),
    weekdays: t('plan.weekdays'),
    from: t('plan.from'),
    until: t('plan.until'),
    capacity: t('plan.capacity'),
  };
  const times = { from: parseTime(form.from), until: parseTime(form.until) };

  return (
    <div className="grid gap-4">
      <PageTitle>{t('plan.title')}</PageTitle>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
        <form
          className="grid gap-4 rounded-card border border-wool-200 bg-wool-0 p-4 sm:grid-cols-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (plan) open.mutate({ input: plan });
          }}
        >
          <div className="sm:col-span-2">
            <LongSelect
              label={names.instituteId}
              search={search}
              onSearch={(next) => {
                setSearch(next);
                change({ instituteId: '', standardId: '', roomId: '', trainerId: '' });
              }}
              isLong={choices.data.institutes.nextCursor !== null}
              value={instituteId}
              onChange={(next) => change({ instituteId: next, standardId: '', roomId: '', trainerId: '' })}
              placeholder={t('plan.choose')}
              options={institutes.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </div>
          <div className="sm:col-span-2">
            <SelectField
              label={names.standardId}
              value={standardId}
              onChange={(next) => change({ standardId: next, trainerId: '' })}
              placeholder={t('plan.choose')}
              disabled={!institute}
              hint={!institute ? t('plan.noRoom') : standards.size === 0 ? t('plan.noStandard') : undefined}
              options={[...standards].map(([value, label]) => ({ value, label }))}
            />
          </div>
          <SelectField
            label={names.roomId}
            value={form.roomId}
            onChange={(roomId) => change({ roomId })}
            placeholder={t('plan.choose')}
            disabled={!institute}
            hint={institute ? undefined : t('plan.noRoom')}
            options={(institute?.rooms ?? []).map(({ id, name, capacity }) => ({
              value: id,
              label: t('plan.roomHolds', { name, capacity: number(capacity) }),
            }))}
          />
          <SelectField
            label={names.trainerId}
            value={form.trainerId}
            onChange={(trainerId) => change({ trainerId })}
            placeholder={t('plan.choose')}
            disabled={trainers.size === 0}
            hint={standardId ? undefined : t('plan.noTrainer')}
            options={[...trainers].map(([value, label]) => ({ value, label }))}
          />
          <JalaliField
            label={names.startsOn}
            value={form.startsOn}
            onChange={(startsOn) => change({ startsOn })}
            hint={t('plan.startsOnHint')}
          />
          <TextField
            label={names.capacity}
            value={form.capacity}
            onChange={(capacity) => change({ capacity })}
            inputMode="numeric"
            error={form.capacity && wholeNumber(form.capacity) === null ? t('plan.badCapacity') : undefined}
          />
          <div className="grid gap-1 sm:col-span-2">
            <span id="weekdays" className="text-13 text-wool-600">
              {names.weekdays}
            </span>
            <ToggleButtonGroup
              aria-labelledby="weekdays"
              selectionMode="multiple"
              selectedKeys={form.weekdays}
              onSelectionChange={(keys) => change({ weekdays: week.filter((day) => keys.has(day)) })}
              className="flex flex-wrap gap-2"
            >
              {week.map((day) => (
                <ToggleButton
                  key={day}
                  id={day}
                  className="min-h-11 rounded-control border border-wool-500 bg-wool-0 px-3 text-14 selected:border-nili-600 selected:bg-nili-600 selected:font-label selected:text-white sm:min-h-9"
                >
                  {weekday(day)}
                </ToggleButton>
              ))}
            </ToggleButtonGroup>
          </div>
          <TextField
            label={names.from}
            value={form.from}
            onChange={(from) => change({ from })}
            inputMode="numeric"
            dir="ltr"
            hint={t('plan.timeHint')}
            error={form.from && times.from === null ? t('plan.badTime') : undefined}
          />
          <TextField
            label={names.until}
            value={form.until}
            onChange={(until) => change({ until })}
            inputMode="numeric"
            dir="ltr"
            hint={t('plan.timeHint')}
            error={
              form.until && times.until === null
                ? t('plan.badTime')
                : times.from !== null && times.until !== null && times.until <= times.from
                  ? t('plan.endsBeforeStart')
                  : undefined
            }
          />
          <div className="grid gap-2 sm:col-span-2">
            <FailureNote error={open.error} />
            {refused.length > 0 && <RefusalList refusals={refused} />}
            {missing.length > 0 && (
              <p className="text-13 text-wool-600">
                {t('plan.missing', { fields: missing.map((field) => names[field]).join(t('list')) })}
              </p>
            )}
            <Button type="submit" kind="primary" wide isDisabled={!plan} isPending={open.isPending}>
              {t('plan.open')}
            </Button>
          </div>
        </form>
        <PlanPreview plan={shown} />
      </div>
    </div>
  );
}
