import { useQuery } from '@tanstack/react-query';
import { ask } from '../../shared/api/ask.js';
import { graphql, type EnumOf } from '../../shared/api/graphql.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { SelectField } from '../../shared/ui/fields.js';
import type { RoleToGive } from './staff-page.js';

const Offices = graphql(`
  query OfficesToChoose {
    offices {
      id
      kind
      name
      nameEn
      provinceCode
    }
  }
`);

const Institutes = graphql(`
  query InstitutesToChoose {
    institutes(first: 100) {
      items {
        id
        name
      }
    }
  }
`);

const Trainers = graphql(`
  query TrainersToChoose {
    trainers(first: 100) {
      items {
        id
        givenName
        familyName
      }
    }
  }
`);

const Branches = graphql(`
  query BranchesToChoose {
    branches {
      id
      name
      provinceCode
    }
  }
`);

/** A role with the ids that bound it, as the API takes them. */
export interface ChosenRole {
  role: EnumOf<'Role'>;
  provinceCode?: string;
  officeId?: string;
  instituteId?: string;
  trainerId?: string;
  branchId?: string;
}

interface RoleFieldsProps {
  gives: readonly RoleToGive[];
  role: EnumOf<'Role'> | '';
  place: string;
  onChange: (role: EnumOf<'Role'> | '', place: string) => void;
  asked: boolean;
}

/** The place a role asks for besides what the office says by itself: one list, whichever it is. */
function usePlaces(needs: readonly string[]) {
  const { either } = useWords();
  const needsOf = (name: string) => needs.includes(name);
  const ofOffices = !needsOf('branchId') && (needsOf('officeId') || needsOf('provinceCode'));
  const offices = useQuery({ ...ask(Offices, {}), enabled: ofOffices, retry: false });
  const institutes = useQuery({ ...ask(Institutes, {}), enabled: needsOf('instituteId') });
  const trainers = useQuery({ ...ask(Trainers, {}), enabled: needsOf('trainerId') });
  const branches = useQuery({ ...ask(Branches, {}), enabled: needsOf('branchId') });
  if (needsOf('instituteId'))
    return (institutes.data?.institutes.items ?? []).map(({ id, name }) => ({
      ...{ value: id, label: name },
      bounds: { instituteId: id },
    }));
  if (needsOf('trainerId'))
    return (trainers.data?.trainers.items ?? []).map(({ id, givenName, familyName }) => ({
      ...{ value: id, label: `${givenName} ${familyName}` },
      bounds: { trainerId: id },
    }));
  if (needsOf('branchId'))
    return (branches.data?.branches ?? []).map(({ id, name, provinceCode }) => ({
      ...{ value: id, label: name },
      bounds: { branchId: id, provinceCode },
    }));
  const kind = needsOf('officeId') ? 'COUNTY' : 'PROVINCIAL';
  return (offices.data?.offices ?? [])
    .filter((office) => office.kind === kind)
    .map(({ id, name, nameEn, provinceCode }) => ({
      ...{ value: id, label: either(name, nameEn) },
      bounds: {
        ...(needsOf('officeId') && { officeId: id }),
        ...(needsOf('provinceCode') && provinceCode && { provinceCode }),
      },
    }));
}

/** What was chosen, with its bounds, or null while something is missing. */
export function useChosenRole(gives: readonly RoleToGive[], role: EnumOf<'Role'> | '', place: string) {
  const needs = gives.find((each) => each.role === role)?.needs ?? [];
  const places = usePlaces(needs);
  const found = places.find(({ value }) => value === place);
  const chosen: ChosenRole | null = role && (needs.length === 0 || found) ? { role, ...found?.bounds } : null;
  return { needs, places, chosen };
}

/** A role, and where it is held. */
export function RoleFields({ gives, role, place, onChange, asked }: RoleFieldsProps) {
  const { t } = useWords();
  const { needs, places } = useChosenRole(gives, role, place);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={t('staff.role')}
        value={role}
        onChange={(next) => onChange(next as EnumOf<'Role'> | '', '')}
        placeholder={t('plan.choose')}
        error={asked && !role ? t('stock.needChoice') : undefined}
        options={gives.map((each) => ({ value: each.role, label: t(`role.${each.role}`) }))}
      />
      {needs.length > 0 && (
        <SelectField
          label={t('staff.place')}
          value={place}
          onChange={(next) => onChange(role, next)}
          placeholder={t('plan.choose')}
          error={asked && !place ? t('stock.needChoice') : undefined}
          options={places}
        />
      )}
    </div>
  );
}
