"""After somebody has fixed the SQL by hand, there is nothing left to say."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .archetype import ROOT

SQL = "frontend/lib/db/migrations/production_schema.sql"

#: What a person would type at the end of the file: the tables that the Drizzle schema has gained.
ADDED = """
CREATE TABLE datasets (
    id SERIAL PRIMARY KEY,
    user_id UUID NOT NULL CONSTRAINT datasets_user_id_profiles_id_fk REFERENCES profiles(id) ON DELETE CASCADE,
    project_id INT CONSTRAINT datasets_project_id_projects_id_fk REFERENCES projects(id) ON DELETE SET NULL,
    name VARCHAR(100) NOT NULL,
    description TEXT,
    keywords JSONB NOT NULL,
    max_images INT4 NOT NULL DEFAULT '100',
    search_engines JSONB NOT NULL DEFAULT '[]',
    status VARCHAR(20) NOT NULL DEFAULT 'pending'::character varying,
    progress DECIMAL(5,2) NOT NULL DEFAULT 0,
    images_collected INT NOT NULL DEFAULT 0,
    crawl_job_id INT CONSTRAINT datasets_crawl_job_id_crawl_jobs_id_fk REFERENCES crawl_jobs ON DELETE SET NULL,
    download_url TEXT,
    error_message TEXT,
    storage_tier VARCHAR(20) NOT NULL DEFAULT 'hot',
    archived_at TIMESTAMP,
    last_accessed_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT now()
);
ALTER TABLE crawl_jobs ADD CONSTRAINT crawl_jobs_dataset_id_datasets_id_fk
    FOREIGN KEY (dataset_id) REFERENCES datasets (id) ON DELETE CASCADE;
CREATE TABLE job_chunks (
    id SERIAL PRIMARY KEY,
    job_id INTEGER NOT NULL CONSTRAINT job_chunks_job_id_crawl_jobs_id_fk REFERENCES crawl_jobs(id) ON DELETE CASCADE,
    chunk_index INTEGER NOT NULL,
    status VARCHAR(20) NOT NULL DEFAULT 'pending',
    priority INTEGER NOT NULL DEFAULT 5,
    image_range JSONB NOT NULL,
    error_message TEXT,
    retry_count INTEGER NOT NULL DEFAULT 0,
    task_id VARCHAR(255),
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now()
);
CREATE INDEX ix_job_chunks_job_id ON job_chunks (job_id);
CREATE INDEX ix_job_chunks_status ON job_chunks (status);
CREATE INDEX ix_job_chunks_task_id ON job_chunks (task_id);
CREATE TABLE subscriptions (
    id UUID DEFAULT gen_random_uuid() PRIMARY KEY,
    user_id UUID NOT NULL,
    lemonsqueezy_customer_id VARCHAR(255) NOT NULL,
    lemonsqueezy_subscription_id VARCHAR(255) NOT NULL
        CONSTRAINT subscriptions_lemonsqueezy_subscription_id_unique UNIQUE,
    lemonsqueezy_variant_id VARCHAR(255) NOT NULL,
    plan_id VARCHAR(50) NOT NULL,
    status VARCHAR(20) NOT NULL,
    current_period_start TIMESTAMP NOT NULL,
    current_period_end TIMESTAMP NOT NULL,
    cancel_at_period_end BOOLEAN NOT NULL DEFAULT 'f',
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now(),
    CONSTRAINT subscriptions_user_id_profiles_id_fk FOREIGN KEY (user_id) REFERENCES profiles (id)
);
CREATE TABLE transactions (
    id UUID DEFAULT gen_random_uuid() PRIMARY KEY,
    user_id UUID NOT NULL CONSTRAINT transactions_user_id_profiles_id_fk REFERENCES profiles(id),
    lemonsqueezy_order_id VARCHAR(255) NOT NULL CONSTRAINT transactions_lemonsqueezy_order_id_unique UNIQUE,
    amount NUMERIC(10, 2) NOT NULL,
    currency VARCHAR(3) NOT NULL DEFAULT 'usd',
    status VARCHAR(20) NOT NULL,
    plan_id VARCHAR(50) NOT NULL,
    metadata JSONB,
    created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now()
);
"""


def fix(text: str) -> str:
    """The SQL of the archetype, changed as its findings ask for."""
    text = re.sub(r"TIMESTAMP WITH TIME ZONE|\bDATE(?= NOT NULL)", "TIMESTAMP", text)
    text = text.replace("PRIMARY KEY REFERENCES auth.users(id) ON DELETE CASCADE", "PRIMARY KEY")
    text = text.replace(
        "project_id INTEGER NOT NULL REFERENCES projects(id) ON DELETE CASCADE", "dataset_id INT NOT NULL"
    )
    text = text.replace("projects.id = crawl_jobs.project_id", "projects.user_id = auth.uid()")
    text = text.replace(" ON DELETE CASCADE", "")
    text = re.sub(r"CREATE INDEX [^;]*;\n", "", text)
    text = re.sub(r",\n *CONSTRAINT ck_\w+ CHECK \([^\n]*\)(?=,?\n)", "", text)
    text = re.sub(r",\n *CONSTRAINT uq_\w+ UNIQUE \([^\n]*\)(?=\n)", "", text)
    for table, column in (
        ("profiles", "email"), ("api_keys", "key_hash"),
        ("credit_accounts", "user_id"), ("notification_preferences", "user_id"),
    ):  # fmt: skip
        text = re.sub(
            rf"(CREATE TABLE IF NOT EXISTS {table} \(.*?\n +{column} [^\n]*?)UNIQUE",
            rf"\1CONSTRAINT {table}_{column}_unique UNIQUE",
            text,
            count=1,
            flags=re.DOTALL,
        )
    return text + ADDED


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The archetype, its SQL fixed by hand."""
    target = tmp_path / "pixcrawler"
    shutil.copytree(ROOT, target)
    file = target / SQL
    file.write_text(fix(file.read_text()))
    return target


def _diff(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "driftcheck", "diff", "-C", str(project), "drizzle", "sql", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_fixed_copy_agrees_and_it_says_how_much_it_compared(project: Path) -> None:
    run = _diff(project)
    assert run.returncode == 0, run.stdout
    assert "no drift: compared 15 tables, 187 columns" in run.stdout


def test_not_even_a_note_is_left_but_names_of_foreign_keys(project: Path) -> None:
    found = json.loads(_diff(project, "--format", "json").stdout)["findings"]
    assert {finding["name"] for finding in found} <= {"foreign-key-name"}


def test_one_line_undone_is_one_finding_on_that_line(project: Path) -> None:
    file = project / SQL
    lines = file.read_text().splitlines(keepends=True)
    number = next(n for n, line in enumerate(lines) if line.strip().startswith("full_name"))
    lines[number] = lines[number].replace("VARCHAR(100)", "VARCHAR(80)")
    file.write_text("".join(lines))
    run = _diff(project, "--format", "json", "--fail-on", "error", "--ignore", "foreign-key-name")
    assert run.returncode == 1
    (finding,) = json.loads(run.stdout)["findings"]
    assert (finding["rule"], finding["actual"]["location"]["line"]) == ("DR203", number + 1)
