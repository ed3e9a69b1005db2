import divisions from './divisions.graphql?raw';
import facilities from './facilities.graphql?raw';
import nationalHospital from './national-hospital.graphql?raw';
import nodes from './nodes.graphql?raw';
import nurses from './nurses.graphql?raw';
import pages from './pages.graphql?raw';
import participants from './participants.graphql?raw';
import partnerships from './partnerships.graphql?raw';
import programs from './programs.graphql?raw';
import statistics from './statistics.graphql?raw';
import welcome from './welcome.graphql?raw';
import whoAmI from './who-am-i.graphql?raw';

export interface Example {
  title: string;
  about: string;
  query: string;
  variables?: Record<string, unknown>;
}

/** The query that a first visit begins with. */
export const WELCOME = welcome;

export const EXAMPLES: Example[] = [
  {
    title: 'Who am I?',
    about: 'Your name, and the roles that you hold with their targets and times.',
    query: whoAmI,
  },
  {
    title: 'How much is mine?',
    about: 'What you may see of each kind of record, counted.',
    query: welcome,
  },
  {
    title: 'Nurses of a county',
    about: 'Staff in one key post, with their facility and division: here of 东港市, Donggang.',
    query: nurses,
    variables: { county: '210681' },
  },
  {
    title: 'Staff by title',
    about: 'How many of the staff that you may see have which title: exact, at any level of divisions.',
    query: statistics,
    variables: { level: 'PROVINCE', within: null },
  },
  {
    title: 'Facilities and their staff',
    about: 'Facilities in the official order, each with the number of its staff that you may see.',
    query: facilities,
  },
  {
    title: 'The nation’s hospital in a district',
    about: 'It stands in 朝阳区, Chaoyang, which counts it; its staff are for the nation to open.',
    query: nationalHospital,
  },
  {
    title: 'Programs and their stages',
    about: 'The programs that train and place people, who hosts them, and how many take part.',
    query: programs,
  },
  {
    title: 'Participants of programs',
    about: 'What a program’s host may know of people: name, facility and stage.',
    query: participants,
  },
  {
    title: 'Partnership projects',
    about: 'Public-private projects with their parties, modules and sites.',
    query: partnerships,
  },
  {
    title: 'From a province to its townships',
    about: 'Four levels of divisions in one query: here of 辽宁省, Liaoning.',
    query: divisions,
    variables: { province: '21' },
  },
  {
    title: 'Page by page',
    about: 'Set the variable "after" to the answer’s endCursor and run it again for the next page.',
    query: pages,
    variables: { size: 5, after: null },
  },
  {
    title: 'Records by their ids',
    about: 'Any record that you may open, whatever its type, in the order of the ids.',
    query: nodes,
    variables: {
      ids: ['RGl2aXNpb246MjEwNjgxMDAwMDAwMw', 'RGl2aXNpb246MjEwNjgxMDAxMDAwNA'],
    },
  },
];
