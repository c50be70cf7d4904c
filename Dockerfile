# docker build -t driftcheck . && docker run --rm -v "$PWD:/project:ro" driftcheck diff --no-exec
# Models are imported only where their packages are: build on this image, or use a snapshot (--no-exec).
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY driftcheck driftcheck
RUN python -I -m venv /opt/driftcheck && /opt/driftcheck/bin/pip install --no-cache-dir --disable-pip-version-check .

FROM python:3.13-slim
COPY --from=build /opt/driftcheck /opt/driftcheck
RUN useradd --create-home driftcheck
USER driftcheck
WORKDIR /project
ENTRYPOINT ["/opt/driftcheck/bin/driftcheck"]
