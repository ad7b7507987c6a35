/* bench-people.c - what it costs to see who is named in what would leave, among very many people
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-people FOLDER [PEOPLE]: at 1000, 10000 … up to PEOPLE (100000), each a finished record of the
 * program's own with a name of its own in one of three scripts, and two testimonies that name three of
 * them: a short one, and one of 3000 words. Times the plan that sends each, and the search for somebody of
 * a given name. A FOLDER on tmpfs makes the people sooner, and changes nothing of what is measured.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-people.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-pair.h"

#define N_TIMES 9

static const char *const latin[] = { "Khin", "Aung", "Mya", "Thein", "Win", "Soe", "Zaw", "Htun", "Nwe", "Lin",
                                     "Somchai", "Jaidee", "Bounma", "Sokha", "Dara", "Nguyen", "Thida", "Naing" };
static const char *const burmese[] = { "ခင်", "အောင်", "မြ", "သိန်း", "ဝင်း", "စိုး", "ဇော်", "ထွန်း", "နွယ်", "လင်း",
                                       "မောင်", "လှ", "တင်", "ကျော်", "သန်း", "ဖြူ", "ညို", "ရွှေ" };
static const char *const thai[] = { "สม", "ชัย", "วิ", "รัตน์", "พร", "ชาติ", "บุญ", "มา", "ศรี", "ใจ",
                                    "ดี", "ทอง", "แก้ว", "เพชร", "สุข", "ธรรม", "วงศ์", "นิ่ม" };

/* Four parts; 18^4 of them in each script. */
static char *
make_name (guint number)
{
  const char *const *parts = number % 3 == 0 ? latin : number % 3 == 1 ? burmese : thai;
  guint n = number / 3 * 48271u % 104976;

  return g_strdup_printf (number % 3 == 0 ? "%s %s %s %s" : number % 3 == 1 ? "%s%s%s%s" : "%s%s %s%s", parts[n % 18],
                          parts[n / 18 % 18], parts[n / 324 % 18], parts[n / 5832 % 18]);
}

static void
add_people (SakVault *vault,
            guint     from,
            guint     to)
{
  for (guint i = from; i < to; i++)
    {
      g_autofree char *name = make_name (i);
      g_autofree char *json = g_strdup_printf ("{\"identity.name\": \"%s\", \"identity.contact\": \"09 %08u\","
                                               " \"consent\": {\"share\": \"unnamed\"}}", name, i * 7919 % 100000000);

      g_free (test_add_json (vault, "person", json, TRUE));
    }
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

static double
time_plan (TestPair   *pair,
           const char *testimony)
{
  static const char *const recipients[] = { "Desk", NULL };
  const char *const records[] = { testimony, NULL };
  g_autoptr (GError) error = NULL;
  double start = g_get_monotonic_time () / 1e3;
  g_autoptr (SakExportPlan) plan = sak_export_plan_new (pair->partner, recipients, records, &error);

  if (plan == NULL || plan->n_undecided == 0)
    g_error ("%s", error != NULL ? error->message : "nobody was found");
  return g_get_monotonic_time () / 1e3 - start;
}

static double
time_match (TestPair   *pair,
            const char *name)
{
  g_autoptr (GError) error = NULL;
  double start = g_get_monotonic_time () / 1e3;
  g_autoptr (GPtrArray) people = sak_vault_list_like_people (pair->partner, name, NULL, &error);

  if (people == NULL || people->len == 0)
    g_error ("%s", error != NULL ? error->message : "nobody was found");
  return g_get_monotonic_time () / 1e3 - start;
}

static char *
add_testimony (TestPair   *pair,
               const char *account)
{
  g_autofree char *json = g_strdup_printf ("{\"title\": \"At the pier\", \"statement\": \"%s\","
                                           " \"consent\": {\"share\": \"named\"}}", account);

  return test_add_json (pair->partner, "testimony", json, TRUE);
}

static void
measure (TestPair          *pair,
         const char *const *testimonies,
         guint              n)
{
  double plans[N_TIMES], accounts[N_TIMES], matches[N_TIMES];

  for (guint i = 0; i < N_TIMES; i++)
    {
      g_autofree char *name = make_name (n / N_TIMES * i);

      plans[i] = time_plan (pair, testimonies[0]);
      accounts[i] = time_plan (pair, testimonies[1]);
      matches[i] = time_match (pair, name);
    }
  qsort (plans, N_TIMES, sizeof *plans, compare_doubles);
  qsort (accounts, N_TIMES, sizeof *accounts, compare_doubles);
  qsort (matches, N_TIMES, sizeof *matches, compare_doubles);
  printf ("%9u people  plan that names three %9.1f ms, in 3000 words %9.1f ms  who is called so %9.1f ms\n", n,
          plans[N_TIMES / 2], accounts[N_TIMES / 2], matches[N_TIMES / 2]);
  fflush (stdout);
}

int
main (int   argc,
      char *argv[])
{
  guint most = argc > 2 ? (guint) atoi (argv[2]) : 100000, n_there = 0;
  g_autofree char *names[] = { make_name (300), make_name (301), make_name (302) };
  g_autofree char *account = NULL;
  g_autofree char *brief = NULL;
  g_autofree char *at_length = NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  TestPair pair;

  if (argc < 2 || most < 1000)
    g_error ("bench-people FOLDER [PEOPLE]");
  g_setenv ("TMPDIR", argv[1], TRUE);
  sak_vault_prepare_process ();
  sak_crypto_init ();
  test_pair_set_up (&pair);
  account = g_strdup_printf ("That day %s went out with %s. เมื่อวาน%sมาหา", names[0], names[1], names[2]);
  for (guint i = 0; i < 375; i++)
    g_string_append (words, "The Foreman took her Papers at the Market. ");
  g_string_append (words, account);
  brief = add_testimony (&pair, account);
  at_length = add_testimony (&pair, words->str);
  for (guint n = 1000; n <= most; n *= 10)
    {
      add_people (pair.partner, n_there, n);
      n_there = n;
      measure (&pair, (const char *const[]) { brief, at_length }, n);
    }
  test_pair_tear_down (&pair);
  return 0;
}
