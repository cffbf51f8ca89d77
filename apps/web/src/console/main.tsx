import { render } from 'preact';
import '../shared/styles/tokens.css';
import '../shared/styles/base.css';
import '../shared/styles/components.css';
import '../shared/styles/shell.css';
import './components/components.css';
import './shell/console.css';
import { applyLocale, locale } from '../shared/i18n/locale.ts';
import { openSession } from '../shared/identity/open-session.ts';
import { followOtherTabs } from '../shared/identity/session.ts';
import { applyTheme } from '../shared/theme.ts';
import { ConsolePage } from './shell/console-page.tsx';

applyTheme();
locale.value = 'en'; // the console has one language
applyLocale();
followOtherTabs(window);
openSession();
render(<ConsolePage />, document.querySelector('#page') as HTMLElement);
