import { useRouter } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useWords } from '../shared/i18n/use-words.js';
import { menuItem } from './account-menu.js';
import type { Place } from './places.js';

/** On a phone: the places for which the bar has no room. */
export function MoreMenu({
  places,
  look,
}: {
  places: readonly (Omit<Place, 'label' | 'short'> & { label: string })[];
  look: string;
}) {
  const { t } = useWords();
  const router = useRouter();
  const holdsCurrent = places.some(({ current }) => current);
  return (
    <MenuTrigger>
      <Button className={look} {...(holdsCurrent && { 'aria-current': 'page' as const })}>
        <Ellipsis aria-hidden className="size-5" strokeWidth={1.75} />
        {t('nav.more')}
      </Button>
      <Popover className="w-64 max-w-[calc(100vw-24px)] rounded-card border border-wool-200 bg-wool-0 shadow-float">
        <Menu aria-label={t('nav.more')} className="grid gap-0.5 p-1.5 outline-none">
          {places.map(({ to, label, Icon, current }) => (
            <MenuItem
              key={to}
              textValue={label}
              className={`${menuItem} ${current ? 'font-label text-nili-600' : ''}`}
              onAction={() => void router.navigate({ to })}
            >
              <Icon aria-hidden className="size-5" strokeWidth={1.75} />
              {label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
