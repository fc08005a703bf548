import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { Button } from './button.js';

it('takes no press while it waits for its answer, and says so', () => {
  const onPress = vi.fn();
  const { rerender } = render(<Button onPress={onPress}>ثبت</Button>);
  const button = screen.getByRole('button');
  fireEvent.click(button);
  expect([button.getAttribute('aria-disabled'), onPress.mock.calls.length]).toEqual([null, 1]);

  rerender(
    <Button onPress={onPress} isPending>
      ثبت
    </Button>,
  );
  fireEvent.click(button);
  expect([button.getAttribute('aria-disabled'), onPress.mock.calls.length]).toEqual(['true', 1]);
});
