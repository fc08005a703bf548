import { render, screen } from '@testing-library/react';
import { I18nProvider, Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { expect, it } from 'vitest';

it('leaves no English in what React Aria says by itself', async () => {
  render(
    <I18nProvider locale="fa-IR">
      <MenuTrigger isOpen>
        <Button>حساب</Button>
        <Popover>
          <Menu aria-label="حساب">
            <MenuItem>خروج</MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </I18nProvider>,
  );
  await screen.findByRole('menu');
  const labels = [...document.querySelectorAll('[aria-label]')].map((each) => each.getAttribute('aria-label'));
  expect(labels).toContain('بستن');
  expect(labels.filter((label) => /[A-Za-z]{2}/.test(label ?? ''))).toEqual([]);
});
