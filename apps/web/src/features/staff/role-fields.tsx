import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../shared/api/ask.js';
import { graphql, type EnumOf } from '../../shared/api/graphql.js';
import { useWords } from '../../shared/i18n/use-words.js';
import { SelectField } from '../../shared/ui/fields.js';
import { LongSelect } from '../../shared/ui/long-select.js';
import { useRested } from '../../shared/ui/use-rested.js';
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
  query InstitutesToChoose($search: String) {
    institutes(first: 100, search: $search) {
      nextCursor
      items {
        id
        name
      }
    }
  }
`);

const Trainers = graphql(`
  query TrainersToChoose($search: String) {
    trainers(first: 100, search: $search) {
      nextCursor
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
interface ChosenRole {
  role: EnumOf<'Role'>;
  provinceCode?: string;
  officeId?: string;
  instituteId?: string;
  trainerId?: string;
  branchId?: string;
}

/** The place a role asks for besides what the office says by itself: one list, whichever it is. */
function usePlaces(needs: readonly string[], typed: string) {
  const { either } = useWords();
  const search = useRested(typed);
  const needsOf = (name: string) => needs.includes(name);
  const ofOffices = !needsOf('branchId') && (needsOf('officeId') || needsOf('provinceCode'));
  const kept = { placeholderData: keepPreviousData };
  const offices = useQuery({ ...ask(Offices, {}), enabled: ofOffices });
  const institutes = useQuery({ ...ask(Institutes, { search }), ...kept, enabled: needsOf('instituteId') });
  const trainers = useQuery({ ...ask(Trainers, { search }), ...kept, enabled: needsOf('trainerId') });
  const branches = useQuery({ ...ask(Branches, {}), enabled: needsOf('branchId') });
  if (needsOf('instituteId')) {
    const { items = [], nextCursor = null } = institutes.data?.institutes ?? {};
    const places = items.map(({ id, name }) => ({ ...{ value: id, label: name }, bounds: { instituteId: id } }));
    return { places, isLong: nextCursor !== null };
  }
  if (needsOf('trainerId')) {
    const { items = [], nextCursor = null } = trainers.data?.trainers ?? {};
    const places = items.map(({ id, givenName, familyName }) => ({
      ...{ value: id, label: `${givenName} ${familyName}` },
      bounds: { trainerId: id },
    }));
    return { places, isLong: nextCursor !== null };
  }
  if (needsOf('branchId')) {
    const places = (branches.data?.branches ?? []).map(({ id, name, provinceCode }) => ({
      ...{ value: id, label: name },
      bounds: { branchId: id, provinceCode },
    }));
    return { places, isLong: false };
  }
  const kind = needsOf('officeId') ? 'COUNTY' : 'PROVINCIAL';
  const places = (offices.data?.offices ?? [])
    .filter((office) => office.kind === kind)
    .map(({ id, name, nameEn, provinceCode }) => ({
      ...{ value: id, label: either(name, nameEn) },
      bounds: {
        ...(needsOf('officeId') && { officeId: id }),
        ...(needsOf('provinceCode') && provinceCode && { provinceCode }),
      },
    }));
  return { places, isLong: false };
}

/** A role and a place that are being chosen: what the fields show, and, once nothing is missing, the role in its bounds. */
export function useRoleChoice(gives: readonly RoleToGive[]) {
  const [role, setRole] = useState<EnumOf<'Role'> | ''>('');
  const [place, setPlace] = useState('');
  const [search, setSearch] = useState('');
  const needs = gives.find((each) => each.role === role)?.needs ?? [];
  const { places, isLong } = usePlaces(needs, search);
  const found = places.find(({ value }) => value === place);
  const chosen: ChosenRole | null = role && (needs.length === 0 || found) ? { role, ...found?.bounds } : null;
  const choose = (next: { role?: EnumOf<'Role'> | ''; place?: string; search?: string }) => {
    if (next.role !== undefined) setRole(next.role);
    setPlace(next.place ?? '');
    setSearch(next.search ?? (next.place === undefined ? '' : search));
  };
  return { chosen, gives, role, place, needs, places, isLong, search, choose };
}

interface RoleFieldsProps {
  choice: ReturnType<typeof useRoleChoice>;
  /** Whether what is missing is to be told. */
  asked: boolean;
}

/** A role, and where it is held. */
export function RoleFields({ choice, asked }: RoleFieldsProps) {
  const { t } = useWords();
  const { gives, role, place, needs, places, isLong, search, choose } = choice;
  return (
    <div className="grid items-end gap-3 sm:grid-cols-2">
      <SelectField
        label={t('staff.role')}
        value={role}
        onChange={(next) => choose({ role: next as EnumOf<'Role'> | '' })}
        placeholder={t('plan.choose')}
        error={asked && !role ? t('stock.needChoice') : undefined}
        options={gives.map((each) => ({ value: each.role, label: t(`role.${each.role}`) }))}
      />
      {needs.length > 0 && (
        <LongSelect
          label={t('staff.place')}
          value={place}
          onChange={(next) => choose({ place: next })}
          search={search}
          onSearch={(next) => choose({ search: next })}
          isLong={isLong}
          placeholder={t('plan.choose')}
          error={asked && !place ? t('stock.needChoice') : undefined}
          options={places}
        />
      )}
    </div>
  );
}
