import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Check, CircleUserRound, KeyRound, LogOut } from 'lucide-react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { graphql } from '../shared/api/graphql.js';
import { useSend } from '../shared/api/use-send.js';
import { viewerQuery, type Viewer } from '../shared/api/viewer.js';
import { useWords } from '../shared/i18n/use-words.js';

const SwitchRole = graphql(`
  mutation SwitchRole($grantId: ID!) {
    switchRole(grantId: $grantId) {
      __typename
    }
  }
`);

const SignOut = graphql(`
  mutation SignOut {
    signOut
  }
`);

const looks = {
  side: 'flex w-full min-w-0 items-center gap-2.5 rounded-control px-2 py-1 min-h-11 text-start text-13 text-white hover:bg-nili-700',
  bar: 'grid flex-1 justify-items-center gap-0.5 py-1.5 text-12 text-wool-700',
};
/** A line of a menu of the frame. */
export const menuItem =
  'flex items-center gap-2.5 rounded-control px-2.5 py-1.5 min-h-11 lg:min-h-9 text-14 cursor-pointer outline-none focus:bg-nili-50 focus-visible:shadow-none';

/** Who is signed in and as what; another role; the way out. */
export function AccountMenu({ viewer, look }: { viewer: Viewer; look: keyof typeof looks }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const router = useRouter();
  // What one role has read is not the other's to see.
  const switchRole = useSend(SwitchRole, {
    onAnswer: async () => {
      await router.navigate({ to: '/' });
      queries.removeQueries({ type: 'inactive' });
      await queries.invalidateQueries();
    },
  });
  const signOut = useSend(SignOut, {
    onAnswer: async () => {
      queries.setQueryData(viewerQuery.queryKey, { viewer: null });
      await router.invalidate();
      queries.removeQueries({ type: 'inactive' });
    },
  });

  return (
    <MenuTrigger>
      <Button aria-label={t('account.menu', { name: viewer.displayName })} className={looks[look]}>
        <CircleUserRound
          aria-hidden
          className={look === 'side' ? 'size-7 text-nili-200' : 'size-5'}
          strokeWidth={look === 'side' ? 1.25 : 1.75}
        />
        {look === 'side' ? (
          <span className="min-w-0 flex-1">
            <span dir="auto" className="block truncate text-start">
              {viewer.displayName}
            </span>
            <span className="block truncate text-12 text-nili-200">{t(`role.${viewer.role}`)}</span>
          </span>
        ) : (
          t('account.short')
        )}
      </Button>
      <Popover className="w-72 max-w-[calc(100vw-24px)] rounded-card border border-wool-200 bg-wool-0 shadow-float">
        <div className="border-b border-wool-200 px-4 py-2.5">
          <p className="text-14 font-label">{viewer.displayName}</p>
          <p className="text-12 text-wool-600">{t(`role.${viewer.role}`)}</p>
        </div>
        <Menu aria-label={t('account.short')} className="grid gap-0.5 p-1.5 outline-none">
          {viewer.grants.length > 1 && (
            <MenuSection>
              <Header className="px-2.5 pt-1 text-12 text-wool-600">{t('account.switchTo')}</Header>
              {viewer.grants.map(({ id, role }) => (
                <MenuItem
                  key={id}
                  textValue={t(`role.${role}`)}
                  className={menuItem}
                  onAction={() => id !== viewer.grantId && switchRole.mutate({ grantId: id })}
                >
                  <span className="size-4 flex-none">
                    {id === viewer.grantId && <Check className="size-4" aria-label={t('account.current')} />}
                  </span>
                  {t(`role.${role}`)}
                </MenuItem>
              ))}
            </MenuSection>
          )}
          {viewer.grants.length > 1 && <Separator className="my-1 border-wool-200" />}
          <MenuItem className={menuItem} onAction={() => void router.navigate({ to: '/account' })}>
            <KeyRound aria-hidden className="size-4" strokeWidth={1.75} />
            {t('security.title')}
          </MenuItem>
          <MenuItem className={menuItem} onAction={() => signOut.mutate({})}>
            <LogOut aria-hidden className="flip size-4" strokeWidth={1.75} />
            {t('account.signOut')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
