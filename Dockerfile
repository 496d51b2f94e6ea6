# syntax=docker/dockerfile:1

FROM python:3.13-slim AS build
WORKDIR /source
RUN python -m venv /opt/guanxi
ENV PATH=/opt/guanxi/bin:$PATH
# The locked packages are a layer of their own: a change of our code leaves it as it is.
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
# The user is named by its number, so that an engine can see that it is not root.
RUN groupadd --gid 10001 guanxi \
    && useradd --uid 10001 --gid guanxi --home-dir /data --no-create-home guanxi \
    && install --directory --owner guanxi --group guanxi --mode 0750 /data
COPY --from=build /opt/guanxi /opt/guanxi
ENV PATH=/opt/guanxi/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    GUANXI_HOST=0.0.0.0 \
    GUANXI_PORT=8080 \
    GUANXI_DATA=/data
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
# The image has no curl; an answer other than 2xx raises, and so does silence.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"GUANXI_PORT\"]}/healthz', timeout=4)"]
CMD ["guanxi", "serve"]
