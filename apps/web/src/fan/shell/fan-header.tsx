import { useLocation } from 'preact-iso/router';
import { Brand } from '../../shared/components/brand.tsx';
import { textsOf } from '../../shared/i18n/locale.ts';
import { UserMenu } from '../sign-in/user-menu.tsx';
import { shellMessages } from './messages.ts';

export function FanHeader() {
  const texts = textsOf(shellMessages);
  const { path } = useLocation();
  const link = (href: string, text: string) => (
    <a href={href} aria-current={path === href ? 'page' : undefined}>
      {text}
    </a>
  );
  return (
    <header class="header">
      <Brand href="/" />
      <nav class="header-links" aria-label={texts.mainMenu}>
        {link('/', texts.concerts)}
        {link('/tickets', texts.tickets)}
        {link('/wallet', texts.wallet)}
      </nav>
      <UserMenu />
    </header>
  );
}
